"""Create, retrieve, update, upsert, delete, associate and disassociate over any table."""
