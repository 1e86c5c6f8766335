package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.log.ProducerBatches.Data;
import hallows.log.ProducerBatches.Marker;
import hallows.simulation.Property;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.junit.jupiter.api.Test;

class ProducerSnapshotTest {
    private static final int COUNT = 6;

    /// An idle producer, one in a transaction, and one whose epoch a marker has raised.
    private static List<ByteBuffer> history() {
        return List.of(
                new Data(1, 3, 40, 5, false, 1_700_000_000_000L).at(0),
                new Data(2, 0, 0, 2, true, 1_700_000_000_001L).at(5),
                new Data(11, 6, 0, 1, true, 1_700_000_000_002L).at(7),
                new Marker(11, 7, 4, true, 1_700_000_000_003L).at(8));
    }

    private static ByteBuffer ours() {
        Producers producers = new Producers(ProducerLimits.USUAL);
        history().forEach(batch -> producers.replay(ProducerBatches.view(batch)));
        return producers.snapshot();
    }

    private static ByteBuffer golden() throws IOException {
        return ByteBuffer.wrap(Golden.bytes("golden.snapshot"));
    }

    @Test
    void theGoldenSnapshotIsWhatWeWrite() throws IOException {
        assertEquals(golden(), ours());
    }

    @Test
    void theGoldenSnapshotIsWhatKafkaWrites() throws IOException {
        Path directory = Files.createTempDirectory("snapshot");
        KafkaProducers kafka =
                new KafkaProducers(
                        directory,
                        new ProducerStateManagerConfig(Integer.MAX_VALUE, false),
                        new HandTime());
        for (ByteBuffer batch : history()) {
            MemoryRecords records = MemoryRecords.readableRecords(batch);
            kafka.append(records, Appender.REPLICATION, VerificationGuard.SENTINEL);
        }
        Path file = kafka.manager().takeSnapshot(false).orElseThrow().toPath();
        byte[] written = Files.readAllBytes(file);
        Files.delete(file);
        Files.delete(directory);
        assertArrayEquals(golden().array(), written);
    }

    @Test
    void theGoldenSnapshotIsRead() throws IOException {
        var sound =
                assertInstanceOf(ProducerSnapshot.Sound.class, ProducerSnapshot.decode(golden()));
        assertEquals(
                List.of(
                        "1 epoch 3 coordinator -1 at 1700000000000 transaction -1:"
                                + " 40+4@4/1700000000000",
                        "2 epoch 0 coordinator -1 at 1700000000001 transaction 5:"
                                + " 0+1@6/1700000000001",
                        "11 epoch 7 coordinator 4 at 1700000000003 transaction -1:"),
                sound.producers().stream().map(SeenProducers::line).toList());
    }

    @Test
    void everyFlippedBitIsSeen() throws IOException {
        byte[] bytes = golden().array();
        for (int bit = 0; bit < Byte.SIZE * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertInstanceOf(
                    ProducerSnapshot.Corrupt.class,
                    ProducerSnapshot.decode(ByteBuffer.wrap(flipped)));
        }
    }

    @Test
    void everyShorterFileIsCorrupt() throws IOException {
        ByteBuffer whole = golden();
        for (int length = 0; length < whole.capacity(); length++) {
            assertInstanceOf(
                    ProducerSnapshot.Corrupt.class,
                    ProducerSnapshot.decode(whole.duplicate().limit(length)));
        }
    }

    @Test
    void aCountBeyondTheBytesIsSeenBeforeAnythingIsMade() throws IOException {
        for (int count : new int[] {4, Integer.MAX_VALUE, -1}) {
            ByteBuffer file = golden().putInt(COUNT, count);
            assertInstanceOf(ProducerSnapshot.Corrupt.class, ProducerSnapshot.decode(file));
        }
    }

    @Test
    void anyBytesAreReadWithoutAnException() {
        Property.of("a snapshot may hold anything")
                .operations(200, dice -> (byte) dice.below(256))
                .holds(bytes -> {
                    ByteBuffer file = ByteBuffer.allocate(bytes.size());
                    bytes.forEach(file::put);
                    ProducerSnapshot.decode(file.flip());
                });
    }
}
