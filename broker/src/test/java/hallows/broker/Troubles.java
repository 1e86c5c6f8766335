package hallows.broker;

/// What happens to a broker, and is not over yet.
final class Troubles {
    private final Moments moments;
    private int underway;

    Troubles(Moments moments) {
        this.moments = moments;
    }

    /// One that happens once, within so many milliseconds.
    void within(int millis, Runnable trouble) {
        began();
        moments.within(
                millis,
                () -> {
                    trouble.run();
                    ended();
                });
    }

    /// One that takes until [#ended].
    void began() {
        underway++;
    }

    /// It is over.
    void ended() {
        underway--;
    }

    boolean areOver() {
        return underway == 0;
    }

    @Override
    public String toString() {
        return underway + " troubles";
    }
}
