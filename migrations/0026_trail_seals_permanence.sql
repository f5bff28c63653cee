-- What was sealed stays as it was: a proof that somebody holds is told again to the same bytes.
CREATE TRIGGER trail_seals_permanent BEFORE UPDATE OR DELETE ON trail_seals FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER trail_seals_never_emptied BEFORE TRUNCATE ON trail_seals FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER trail_seal_heads_permanent BEFORE UPDATE OR DELETE ON trail_seal_heads
  FOR EACH ROW EXECUTE FUNCTION published_permanent();
--> statement-breakpoint
CREATE TRIGGER trail_seal_heads_never_emptied BEFORE TRUNCATE ON trail_seal_heads
  FOR EACH STATEMENT EXECUTE FUNCTION published_permanent();
