package hallows.log;

import hallows.model.RecordRules;

/// What is configured for one log, by Kafka's keys. Changed as a whole.
///
/// @param segmentBytes `segment.bytes`
/// @param segmentMillis `segment.ms`; `max.compaction.lag.ms` where the topic is compacted and that
///   is less
/// @param jitterMillis `segment.jitter.ms`
/// @param batchBytesMax `max.message.bytes`
/// @param packing `compression.type` and its level
/// @param durability `hallows.durability`
/// @param validation `hallows.validation`
/// @param records `cleanup.policy` and the `message.timestamp` keys
/// @param indexes `index.interval.bytes` and `segment.index.bytes`
/// @param producers how producers are treated
public record LogOptions(
        int segmentBytes,
        long segmentMillis,
        long jitterMillis,
        int batchBytesMax,
        Packing packing,
        Durability durability,
        Validation validation,
        RecordRules records,
        IndexLimits indexes,
        ProducerLimits producers) {
    /// The same with another durability.
    public LogOptions with(Durability other) {
        return new LogOptions(
                segmentBytes,
                segmentMillis,
                jitterMillis,
                batchBytesMax,
                packing,
                other,
                validation,
                records,
                indexes,
                producers);
    }

    /// The same with batches that lie otherwise.
    public LogOptions with(Packing other) {
        return new LogOptions(
                segmentBytes,
                segmentMillis,
                jitterMillis,
                batchBytesMax,
                other,
                durability,
                validation,
                records,
                indexes,
                producers);
    }

    Intake.Limits intake() {
        return new Intake.Limits(batchBytesMax, packing, validation, records);
    }
}
