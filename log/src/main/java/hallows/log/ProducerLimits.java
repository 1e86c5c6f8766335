package hallows.log;

/// How a log treats producers. May change while it runs.
///
/// @param expirationMillis how long an idle producer is remembered
/// @param verifiesTransactions whether a transaction begins only when its coordinator knows of it
public record ProducerLimits(long expirationMillis, boolean verifiesTransactions) {
    /// Kafka's.
    public static final ProducerLimits USUAL = new ProducerLimits(86_400_000, true);
}
