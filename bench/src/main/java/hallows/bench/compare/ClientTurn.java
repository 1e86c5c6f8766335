package hallows.bench.compare;

/// One turn of a load with Kafka's own clients, which goes on for as long as it is told, and
/// counts.
interface ClientTurn {
    /// Until connections are there and what the clients know of the topic is known.
    double SETTLING_SECONDS = 1;

    /// Where it counts.
    Tally tally();

    /// Goes on for so long, and until all that was sent has come back; how much has been done since
    /// the turn began.
    long goOnFor(double seconds);

    /// Goes on until it has settled, and then for so long.
    default Outcome measure(Meter meter, double seconds) {
        goOnFor(SETTLING_SECONDS);
        meter.begin();
        tally().begin(System.nanoTime());
        goOnFor(seconds);
        return tally().end(System.nanoTime(), meter.end());
    }
}
