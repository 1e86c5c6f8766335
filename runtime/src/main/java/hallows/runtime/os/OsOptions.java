package hallows.runtime.os;

/// How the real world is entered.
///
/// @param transport how sockets are waited for
/// @param blockingThreads how many threads run blocking jobs, and as many again flush; at least one
/// @param connectTimeoutMillis how long a connect may take, and then a TLS handshake
/// @param reports who hears of what nobody else can be told
public record OsOptions(
        Transport transport, int blockingThreads, int connectTimeoutMillis, Reports reports) {
    private static final int BLOCKING_THREADS = 8;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /// Checks the limits.
    public OsOptions {
        if (blockingThreads < 1 || connectTimeoutMillis < 1) {
            throw new IllegalArgumentException("at least one blocking thread and one millisecond");
        }
    }

    /// What suits most.
    public static OsOptions standard() {
        return new OsOptions(
                Transport.AUTO, BLOCKING_THREADS, CONNECT_TIMEOUT_MILLIS, Reports.to(System.err));
    }

    /// The same with another transport.
    public OsOptions with(Transport other) {
        return new OsOptions(other, blockingThreads, connectTimeoutMillis, reports);
    }

    /// The same with another listener.
    public OsOptions with(Reports other) {
        return new OsOptions(transport, blockingThreads, connectTimeoutMillis, other);
    }
}
