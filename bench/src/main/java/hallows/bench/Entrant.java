package hallows.bench;

/// One line of a [Ranking].
///
/// @param title who it is
/// @param turn what it does when it is its turn
/// @param nanos what an operation took of the processor, round by round
/// @param bytes what an operation allocated, round by round
record Entrant(String title, Turn turn, Series nanos, Series bytes) {
    /// Does the same number of operations each time, and measures what is to be measured of them.
    interface Turn {
        /// How many operations were measured.
        int take(Spent spent);
    }

    static Entrant of(String title, Turn turn) {
        return new Entrant(title, turn, new Series(), new Series());
    }

    /// One turn, which counts or does not.
    void take(boolean counts) {
        Spent spent = new Spent();
        int operations = turn.take(spent);
        if (counts) {
            nanos.add(spent.nanos() / operations);
            bytes.add(spent.bytes() / operations);
        }
    }
}
