package hallows.model;

/// What a topic asks of each record that a client brings. Kept by the log and changed as a whole.
///
/// @param keyed whether each record needs a key, because the topic is compacted
/// @param logAppendTime whether the log's clock counts, not the clients'
/// @param beforeMillis how much older than now a client's timestamp may be
/// @param afterMillis how much younger
public record RecordRules(
        boolean keyed, boolean logAppendTime, long beforeMillis, long afterMillis) {
    /// Asks nothing.
    public static final RecordRules NONE =
            new RecordRules(false, false, Long.MAX_VALUE, Long.MAX_VALUE);

    /// Whether a record is as a client may bring it.
    boolean take(long timestamp, boolean hasKey, long now) {
        boolean timely =
                logAppendTime || timestamp == BatchView.NO_TIMESTAMP || allows(timestamp, now);
        return timely && (hasKey || !keyed);
    }

    /// Whether a record may have this timestamp when it is `now`.
    boolean allows(long timestamp, long now) {
        long age = now - timestamp;
        return age <= beforeMillis && -age <= afterMillis;
    }

    /// Which timestamps it may have instead, in words.
    String range(long timestamp, long now) {
        return "a timestamp of %d is out of range: between %d and %d it may be"
                .formatted(timestamp, now - beforeMillis, now + afterMillis);
    }
}
