package hallows.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.LogOptions;
import hallows.log.Packing;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSettingsTest {
    @Test
    void whatNobodySaysIsWhatKafkaTakes() {
        LogConfig kafka = new LogConfig(new Properties());
        LogOptions options = options(Map.of());
        assertEquals(kafka.segmentSize(), options.segmentBytes());
        assertEquals(kafka.segmentMs, options.segmentMillis());
        assertEquals(kafka.segmentJitterMs, options.jitterMillis());
        assertEquals(kafka.maxMessageSize(), options.batchBytesMax());
        assertEquals(kafka.indexInterval, options.indexes().intervalBytes());
        assertEquals(kafka.maxIndexSize, options.indexes().indexBytesMax());
        assertEquals(kafka.compact, options.records().keyed());
        assertEquals(kafka.messageTimestampBeforeMaxMs, options.records().beforeMillis());
        assertEquals(kafka.messageTimestampAfterMaxMs, options.records().afterMillis());
        assertEquals(Packing.PRODUCERS, options.packing());
        assertEquals(kafka.minInSyncReplicas, LogSettings.replicasMin(topic(Map.of())));
        assertEquals(LogSettings.USUAL.durability(), options.durability());
        assertEquals(LogSettings.USUAL.validation(), options.validation());
        assertEquals(LogSettings.USUAL.producers(), options.producers());
    }

    @Test
    void aCompactedTopicRollsBeforeItsRecordsAreTooOldToBeCleaned() {
        Map<String, String> early =
                Map.of("cleanup.policy", "delete,compact", "max.compaction.lag.ms", "5000");
        assertEquals(5_000, options(early).segmentMillis());
        assertEquals(kafkasSegmentMillis(early), options(early).segmentMillis());
        Map<String, String> late = Map.of("cleanup.policy", "compact");
        assertEquals(kafkasSegmentMillis(late), options(late).segmentMillis());
        Map<String, String> not = Map.of("max.compaction.lag.ms", "5000");
        assertEquals(kafkasSegmentMillis(not), options(not).segmentMillis());
    }

    private static long kafkasSegmentMillis(Map<String, String> said) {
        Properties all = new Properties();
        all.putAll(said);
        return new LogConfig(all).maxSegmentMs();
    }

    @ParameterizedTest
    @CsvSource({"gzip,Gzip", "snappy,Snappy", "lz4,Lz4", "zstd,Zstd", "uncompressed,Plain"})
    void eachCompressionHasAPacking(String type, String packing) {
        assertEquals(
                packing,
                options(Map.of("compression.type", type)).packing().getClass().getSimpleName());
    }

    @Test
    void theClockOfTheBrokerCountsWhereATopicWantsThat() {
        assertTrue(
                options(Map.of("message.timestamp.type", "LogAppendTime"))
                        .records()
                        .logAppendTime());
    }

    /// What is said to have an effect is read: without it nobody can go on.
    @Test
    void everyKeyThatCountsIsRead() {
        for (String key : LogSettings.KEYS) {
            String codec = key.replaceAll("compression\\.(.*)\\.level", "$1");
            Map<String, String> all =
                    topic(codec.equals(key) ? Map.of() : Map.of("compression.type", codec));
            all.remove(key);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> {
                        LogSettings.USUAL.options(all);
                        LogSettings.replicasMin(all);
                    },
                    key);
        }
    }

    @Test
    void whatIsNotCompleteOrNotCheckedIsNotGuessed() {
        assertThrows(IllegalArgumentException.class, () -> LogSettings.USUAL.options(Map.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> options(Map.of("compression.type", "brotli")));
    }

    private static LogOptions options(Map<String, String> said) {
        return LogSettings.USUAL.options(topic(said));
    }

    private static Map<String, String> topic(Map<String, String> said) {
        Map<String, String> all = new TreeMap<>(SimulatedCluster.kafkasDefaults());
        all.putAll(said);
        return all;
    }
}
