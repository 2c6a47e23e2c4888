"""Where the goals live: tables, repositories, units of work, the outbox and the migrations, on SQLite or PostgreSQL."""
