CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer TEXT NOT NULL,
  cents INTEGER NOT NULL,
  note TEXT,
  CONSTRAINT ck_orders_cents CHECK (cents >= 0)
);
CREATE INDEX ix_orders_customer ON orders (customer);
