"""The ledger to take home: as a table to count in, as a document to read."""
