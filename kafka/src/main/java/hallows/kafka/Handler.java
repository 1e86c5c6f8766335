package hallows.kafka;

/// Serves the requests of one API, on the home shard of who asks. Never blocks.
@FunctionalInterface
interface Handler {
    /// Begins to serve a request, which is answered now or later. False when there is no memory for
    /// it now: nothing has happened then, and it comes again.
    boolean serve(Incoming request);
}
