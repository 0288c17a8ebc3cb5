"""Values as people read them, in a locale: numbers, amounts, dates, labels of options, names of related rows."""
