package hallows.broker;

import hallows.log.Durability;
import hallows.log.IndexLimits;
import hallows.log.LogOptions;
import hallows.log.Packing;
import hallows.log.ProducerLimits;
import hallows.log.Validation;
import hallows.model.RecordRules;
import java.util.Map;
import java.util.Set;

/// What holds for a topic, as its log wants it: from what the cluster configured, and from what
/// this broker was told.
///
/// @param durability `hallows.durability`
/// @param validation `hallows.validation`
/// @param producers `producer.id.expiration.ms`, and whether transactions want a coordinator
public record LogSettings(Durability durability, Validation validation, ProducerLimits producers) {
    /// Hallows' own.
    public static final LogSettings USUAL =
            new LogSettings(Durability.FSYNC, Validation.STRICT, ProducerLimits.USUAL);

    /// The keys of topics that have an effect here. Of `cleanup.policy` and `max.compaction.lag.ms`
    /// there are traces only: nothing is compacted, and nothing removed.
    public static final Set<String> KEYS =
            Set.of(
                    "segment.bytes",
                    "segment.ms",
                    "segment.jitter.ms",
                    "max.message.bytes",
                    "compression.type",
                    "compression.gzip.level",
                    "compression.lz4.level",
                    "compression.zstd.level",
                    "message.timestamp.type",
                    "message.timestamp.before.max.ms",
                    "message.timestamp.after.max.ms",
                    "index.interval.bytes",
                    "segment.index.bytes",
                    "min.insync.replicas");

    private static final String MIN_IN_SYNC = "min.insync.replicas";
    private static final String COMPACT = "compact";

    /// How a log is treated whose topic has this configuration, complete and checked.
    LogOptions options(Map<String, String> topic) {
        Values values = new Values(topic);
        boolean compacted = values.text("cleanup.policy").contains(COMPACT);
        return new LogOptions(
                values.number("segment.bytes"),
                compacted
                        ? Math.min(values.wide("segment.ms"), values.wide("max.compaction.lag.ms"))
                        : values.wide("segment.ms"),
                values.wide("segment.jitter.ms"),
                values.number("max.message.bytes"),
                packing(values),
                durability,
                validation,
                rules(values, compacted),
                new IndexLimits(
                        values.number("index.interval.bytes"),
                        values.number("segment.index.bytes")),
                producers);
    }

    /// How many replicas must be in sync for an append that all of them are to have.
    static int replicasMin(Map<String, String> topic) {
        return new Values(topic).number(MIN_IN_SYNC);
    }

    private static RecordRules rules(Values values, boolean compacted) {
        return new RecordRules(
                compacted,
                values.text("message.timestamp.type").equals("LogAppendTime"),
                values.wide("message.timestamp.before.max.ms"),
                values.wide("message.timestamp.after.max.ms"));
    }

    private static Packing packing(Values values) {
        String type = values.text("compression.type");
        return switch (type) {
            case "producer" -> Packing.PRODUCERS;
            case "uncompressed" -> new Packing.Plain();
            case "gzip" -> new Packing.Gzip(values.number("compression.gzip.level"));
            case "snappy" -> new Packing.Snappy();
            case "lz4" -> new Packing.Lz4(values.number("compression.lz4.level"));
            case "zstd" -> new Packing.Zstd(values.number("compression.zstd.level"));
            default -> throw new IllegalArgumentException("no compression is called " + type);
        };
    }

    /// What was checked before it was written down.
    private record Values(Map<String, String> topic) {
        String text(String key) {
            String value = topic.get(key);
            if (value == null) {
                throw new IllegalArgumentException("a topic has a value for " + key);
            }
            return value;
        }

        int number(String key) {
            return Integer.parseInt(text(key));
        }

        long wide(String key) {
            return Long.parseLong(text(key));
        }
    }
}
