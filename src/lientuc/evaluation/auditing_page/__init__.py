"""The page that audits printed tables: pasted from Word or Excel, or read from a document; nothing is stored."""
