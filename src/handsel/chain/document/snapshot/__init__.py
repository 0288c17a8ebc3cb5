"""The picture of a document as plain frozen data: header, lines, totals, related documents, history."""
