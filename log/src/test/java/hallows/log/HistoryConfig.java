package hallows.log;

import java.util.List;
import java.util.Properties;
import java.util.Random;

/// What is configured while a history is played.
final class HistoryConfig {
    /// So large that no index is ever full.
    private static final int INDEX_BYTES = 1 << 14;

    private static final String INDEX = "segment.index.bytes";

    private static final String UNBOUNDED = "" + Long.MAX_VALUE;

    // Kafka's key for tests: smaller than it lets anybody else have them.
    private static final String SEGMENT_BYTES = "internal.segment.bytes";

    private static final String PACKING = "compression.type";

    private static final List<String> KEYS =
            List.of(
                    SEGMENT_BYTES,
                    PACKING,
                    "segment.ms",
                    "max.message.bytes",
                    "cleanup.policy",
                    "message.timestamp.type",
                    "message.timestamp.before.max.ms",
                    "message.timestamp.after.max.ms",
                    "index.interval.bytes");

    private HistoryConfig() {}

    static Properties of(Random random) {
        Properties config = roomy(random);
        if (random.nextInt(4) == 0) {
            config.setProperty(INDEX, "" + (36 + random.nextInt(200)));
        }
        return config;
    }

    /// No index is ever full.
    static Properties roomy(Random random) {
        Properties config = new Properties();
        KEYS.forEach(key -> set(config, key, random));
        config.setProperty(INDEX, "" + INDEX_BYTES);
        return config;
    }

    /// Somebody configures one thing anew. Which one.
    static String change(Properties config, Random random) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        set(config, key, random);
        return key;
    }

    private static void set(Properties config, String key, Random random) {
        if (key.equals(PACKING)) {
            config.putAll(Packings.config(Packings.any(random)));
        } else {
            config.setProperty(key, value(key, random));
        }
    }

    /// All that may change.
    static List<String> keys() {
        return KEYS;
    }

    /// Whether segments may end because an index is full.
    static boolean fillsIndexes(Properties config) {
        return LogPair.number(config, INDEX) < INDEX_BYTES;
    }

    static int segmentBytes(Properties config) {
        return LogPair.number(config, SEGMENT_BYTES);
    }

    private static String value(String key, Random random) {
        return switch (key) {
            case SEGMENT_BYTES -> "" + (300 + random.nextInt(4_000));
            case "segment.ms" -> "" + (10 + random.nextInt(100_000));
            case "max.message.bytes" -> "" + (200 + random.nextInt(3_000));
            case "cleanup.policy" -> random.nextInt(4) == 0 ? "compact" : "delete";
            case "index.interval.bytes" -> "" + random.nextInt(1_000);
            case "message.timestamp.type" -> oneInThree(random, "LogAppendTime", "CreateTime");
            default -> oneInThree(random, UNBOUNDED, "" + (1 + random.nextInt(10_000)));
        };
    }

    private static String oneInThree(Random random, String rare, String usual) {
        return random.nextInt(3) == 0 ? rare : usual;
    }
}
