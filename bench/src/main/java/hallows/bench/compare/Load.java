package hallows.bench.compare;

/// What is asked of a broker.
sealed interface Load permits Crowded, Paced, CatchUp {
    /// Runs for some time on a broker that is warm, or warms it when nobody listens.
    Outcome run(Bout bout);

    /// Batches that producers bring.
    ///
    /// @param records in each
    /// @param recordBytes of the value of each
    record Batch(int records, int recordBytes) {}

    /// One broker, for one turn.
    ///
    /// @param desk where topics are made
    /// @param meter reads what it spends
    /// @param pace how long it takes
    record Bout(Desk desk, Meter meter, CompareOptions.Pace pace) {}
}
