package hallows.log;

/// Who asks for an append, and what he brings to prove that he may.
///
/// @param origin where it comes from
/// @param transactionVersion which rules an end marker was written by; 0 and 1 are the same, from 2
///   on each marker has an epoch of its own; [#NO_VERSION] where nothing is known of it
/// @param guard proves that the coordinator knows of the transaction; or [VerificationGuard#NONE]
public record Appender(Origin origin, int transactionVersion, VerificationGuard guard) {
    /// Nothing is known of the version.
    public static final int NO_VERSION = -1;

    /// From here on the coordinator raises the producer's epoch before it writes a marker.
    static final int EPOCH_PER_MARKER = 2;

    /// A client that begins no transaction, or that need not prove it.
    public static final Appender CLIENT = of(Origin.CLIENT);

    /// A coordinator that writes its own records.
    public static final Appender COORDINATOR = of(Origin.COORDINATOR);

    /// The leader of this replica.
    public static final Appender REPLICATION = of(Origin.REPLICATION);

    static final Appender RAFT_LEADER = of(Origin.RAFT_LEADER);

    /// A client whose transaction the coordinator has confirmed.
    public static Appender client(VerificationGuard guard) {
        return new Appender(Origin.CLIENT, NO_VERSION, guard);
    }

    /// A coordinator that ends a transaction.
    public static Appender marker(int transactionVersion) {
        return new Appender(Origin.COORDINATOR, transactionVersion, VerificationGuard.NONE);
    }

    private static Appender of(Origin origin) {
        return new Appender(origin, NO_VERSION, VerificationGuard.NONE);
    }

    boolean isTrusted() {
        return origin == Origin.REPLICATION;
    }

    boolean isClient() {
        return origin == Origin.CLIENT;
    }

    /// Whether he must show that a transaction he begins is known to its coordinator.
    boolean provesTransactions() {
        return origin == Origin.CLIENT || origin == Origin.COORDINATOR;
    }
}
