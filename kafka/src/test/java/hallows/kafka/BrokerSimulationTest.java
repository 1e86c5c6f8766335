package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.broker.BrokerOptions;
import hallows.broker.FrontEnd;
import hallows.broker.LogSettings;
import hallows.broker.Petitions;
import hallows.broker.Pictures;
import hallows.broker.Serving;
import hallows.broker.Storage;
import hallows.broker.StorageOpening;
import hallows.cluster.ClusterImage;
import hallows.cluster.Configs;
import hallows.cluster.DirectoryId;
import hallows.cluster.PartitionImage;
import hallows.log.FlushLimits;
import hallows.log.kafka.Codecs;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Application;
import hallows.runtime.Result;
import hallows.simulation.Faults;
import hallows.simulation.Seeds;
import hallows.simulation.SimNode;
import hallows.simulation.Simulation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;

/// The front end before the real broker and its logs, on a simulated machine: what is produced is
/// read, whatever shard it belongs to.
class BrokerSimulationTest {
    private static final Path DIRECTORY = Path.of("/data/logs");
    private static final int MEMORY_BYTES = 1 << 22;
    private static final int RECORDS = 20;
    private static final DirectoryId KEPT = new DirectoryId(5, 5);
    private static final Map<String, String> TOPIC =
            Map.ofEntries(
                    Map.entry("cleanup.policy", "delete"),
                    Map.entry("segment.bytes", "1048576"),
                    Map.entry("segment.ms", "604800000"),
                    Map.entry("segment.jitter.ms", "0"),
                    Map.entry("max.message.bytes", "1048588"),
                    Map.entry("max.compaction.lag.ms", "9223372036854775807"),
                    Map.entry("index.interval.bytes", "4096"),
                    Map.entry("segment.index.bytes", "65536"),
                    Map.entry("compression.type", "producer"),
                    Map.entry("message.timestamp.type", "CreateTime"),
                    Map.entry("message.timestamp.before.max.ms", "9223372036854775807"),
                    Map.entry("message.timestamp.after.max.ms", "9223372036854775807"),
                    Map.entry("min.insync.replicas", "1"));

    @Test
    void whatIsProducedIsRead() {
        Seeds.forEach(
                BrokerSimulationTest.class,
                8,
                seed -> {
                    Simulation simulation = new Simulation(seed, Faults.NONE);
                    int shards = 1 + simulation.dice("shards").below(3);
                    try (FrontScenario front =
                            new FrontScenario(
                                    simulation,
                                    shards,
                                    (node, bytes, factory) -> broker(node, shards, factory))) {
                        produceAndRead(front);
                    }
                });
    }

    private static void produceAndRead(FrontScenario front) {
        RawClient client = front.connect();
        int[] first = new int[3];
        for (int i = 0; i < RECORDS; i++) {
            MemoryRecords records = ProduceTest.records("value" + i);
            var reply =
                    front.ask(
                            client,
                            ProduceTest.request(9, i % 3, records),
                            9,
                            new ProduceResponseData());
            var told = reply.responses().iterator().next().partitionResponses().getFirst();
            assertEquals(Errors.NONE.code(), told.errorCode(), "record " + i);
            assertEquals(first[i % 3]++, told.baseOffset());
        }
        assertEquals(RECORDS, read(front, client, first));
    }

    /// How many batches there are, in partitions that end at these offsets.
    private static int read(FrontScenario front, RawClient client, int[] ends) {
        int batches = 0;
        for (int partition = 0; partition < ends.length; partition++) {
            var reply =
                    front.ask(
                            client,
                            FetchTest.request(12, partition, 0, -1),
                            12,
                            new FetchResponseData());
            var told = reply.responses().getFirst().partitions().getFirst();
            assertEquals(ends[partition], told.highWatermark());
            for (RecordBatch batch : ((MemoryRecords) told.records()).batches()) {
                assertTrue(batch.isValid());
                batches++;
            }
        }
        return batches;
    }

    private static Application broker(SimNode node, int shards, FrontEnd.Factory factory) {
        Pictures pictures = new Pictures(image());
        BrokerOptions options =
                new BrokerOptions(
                        1,
                        LogSettings.USUAL,
                        BrokerOptions.Times.USUAL,
                        FlushLimits.STANDARD,
                        Codecs::new,
                        _ -> {});
        Serving.Parts parts =
                new Serving.Parts(
                        options,
                        storage(node, pictures, shards),
                        pictures,
                        new NoPetitions(),
                        node.clock(),
                        IntStream.range(0, shards).boxed().toList());
        return Serving.application(parts, MEMORY_BYTES, List.of(factory));
    }

    private static Storage storage(SimNode node, Pictures pictures, int shards) {
        assertEquals(Result.DONE, node.disk().createDirectories(DIRECTORY));
        StorageOpening.Site site =
                new StorageOpening.Site(
                        node.disk(),
                        node.clock(),
                        node.dice("storage"),
                        1,
                        LogSettings.USUAL,
                        _ -> {});
        return new StorageOpening(site, pictures)
                .open(Map.of(DIRECTORY, KEPT), Runnable::run, shards)
                .orThrow();
    }

    /// One broker, one topic, and all that must hold for it.
    private static ClusterImage image() {
        ClusterImage orchard =
                Images.of(List.of(Images.broker(1, Images.LISTENER)), List.of(Images.APPLES));
        return new ClusterImage(
                orchard.clusterId(),
                orchard.offset(),
                orchard.controller(),
                orchard.brokers(),
                orchard.topics(),
                Configs.NONE.withTopicDefaults(TOPIC),
                orchard.features());
    }

    /// Nobody is asked.
    private static final class NoPetitions implements Petitions {
        @Override
        public void producerIds(Consumer<Result<ProducerIds>> then) {
            throw new AssertionError("nobody needs numbers");
        }

        @Override
        public void recovered(
                PartitionId partition, PartitionImage image, Consumer<Result<Result.Done>> then) {
            throw new AssertionError("nothing was elected");
        }

        @Override
        public void keptIn(DirectoryId directory, TopicId topic, int partition) {}
    }
}
