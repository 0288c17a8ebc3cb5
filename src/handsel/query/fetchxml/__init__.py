"""FetchXML, parsed to the tree."""
