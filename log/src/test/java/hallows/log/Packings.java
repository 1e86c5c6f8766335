package hallows.log;

import java.util.Properties;
import java.util.Random;
import org.apache.kafka.storage.internals.log.LogConfig;

/// How batches lie in a log, in our words and in Kafka's.
final class Packings {
    private Packings() {}

    /// As they come, half of the time.
    static Packing any(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> new Packing.Plain();
            case 1 -> new Packing.Gzip(random.nextInt(4) == 0 ? -1 : 1 + random.nextInt(9));
            case 2 -> new Packing.Snappy();
            case 3 -> new Packing.Lz4(1 + random.nextInt(17));
            // Levels above make so large tables for each batch that histories take long.
            case 4 -> new Packing.Zstd(random.nextInt(-10, 7));
            default -> Packing.PRODUCERS;
        };
    }

    /// What Kafka calls it.
    static Properties config(Packing packing) {
        Properties config = new Properties();
        switch (packing) {
            case Packing.Producers _ -> config.setProperty("compression.type", "producer");
            case Packing.Plain _ -> config.setProperty("compression.type", "uncompressed");
            case Packing.Snappy _ -> config.setProperty("compression.type", "snappy");
            case Packing.Gzip(int level) -> leveled(config, "gzip", level);
            case Packing.Lz4(int level) -> leveled(config, "lz4", level);
            case Packing.Zstd(int level) -> leveled(config, "zstd", level);
        }
        return config;
    }

    private static void leveled(Properties config, String type, int level) {
        config.setProperty("compression.type", type);
        config.setProperty("compression." + type + ".level", "" + level);
    }

    /// What is configured, for our log; nothing is what Kafka takes it for.
    static Packing of(Properties properties) {
        LogConfig config = new LogConfig(properties);
        return switch (config.compressionType) {
            case PRODUCER -> Packing.PRODUCERS;
            case UNCOMPRESSED -> new Packing.Plain();
            case SNAPPY -> new Packing.Snappy();
            case GZIP -> new Packing.Gzip(config.getInt("compression.gzip.level"));
            case LZ4 -> new Packing.Lz4(config.getInt("compression.lz4.level"));
            case ZSTD -> new Packing.Zstd(config.getInt("compression.zstd.level"));
        };
    }
}
