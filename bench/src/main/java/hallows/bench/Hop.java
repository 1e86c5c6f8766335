package hallows.bench;

/// A way for messages of four longs from one thread to another, on another core. Only the two take
/// part in a run: whoever calls these methods sleeps until it is over.
interface Hop extends AutoCloseable {
    /// How many messages may be underway where the way has a bound of its own.
    int CAPACITY = 1024;

    /// Sends so many messages, and returns when the other thread has read them all.
    void oneWay(int messages) throws InterruptedException;

    /// Asks so many times, each after the answer to the one before, and returns after the last.
    void roundTrips(int requests) throws InterruptedException;

    @Override
    void close();
}
