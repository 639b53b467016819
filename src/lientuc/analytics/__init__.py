"""What figures mean: measures, statistics, what may be shown to whom, and charts. Values in, values out; no Django here."""
