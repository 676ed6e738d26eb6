"""The books: aging, statements of account, cash, numbers, the export, papers for meetings."""
