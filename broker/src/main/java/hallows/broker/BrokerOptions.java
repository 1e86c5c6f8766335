package hallows.broker;

import hallows.log.FlushLimits;
import hallows.log.Unpacking;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What a broker is told.
///
/// @param nodeId its number
/// @param settings how logs are treated
/// @param times how often what is done
/// @param flushes limits of unflushed bytes
/// @param codecs makes what unpacks batches, one for each shard
/// @param notices is told what has to be known
public record BrokerOptions(
        int nodeId,
        LogSettings settings,
        Times times,
        FlushLimits flushes,
        Supplier<Unpacking> codecs,
        Consumer<Notice> notices) {
    /// How often something is done.
    ///
    /// @param checkpointMillis `replica.high.watermark.checkpoint.interval.ms`: how far logs have
    ///   come is written down
    /// @param expiryMillis `producer.id.expiration.check.interval.ms`: idle producers are forgotten
    /// @param deletionMillis `file.delete.delay.ms`: the files of deleted logs are removed
    public record Times(long checkpointMillis, long expiryMillis, long deletionMillis) {
        /// Kafka's.
        public static final Times USUAL = new Times(5_000, 600_000, 60_000);
    }
}
