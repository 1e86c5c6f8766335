package hallows.log;

import hallows.model.RecordRules;

/// What is configured for one log, by Kafka's keys. Changed as a whole.
///
/// @param segmentBytes `segment.bytes`
/// @param segmentMillis `segment.ms`
/// @param batchBytesMax `max.message.bytes`
/// @param durability `hallows.durability`
/// @param validation `hallows.validation`
/// @param records `cleanup.policy` and the `message.timestamp` keys
/// @param indexes `index.interval.bytes` and `segment.index.bytes`
/// @param producers how producers are treated
public record LogOptions(
        int segmentBytes,
        long segmentMillis,
        int batchBytesMax,
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
                batchBytesMax,
                other,
                validation,
                records,
                indexes,
                producers);
    }

    Intake.Limits intake() {
        return new Intake.Limits(batchBytesMax, validation, records);
    }
}
