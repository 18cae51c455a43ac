"""A small municipal back office over HTTP and SQL. It knows nothing of any test harness."""
