package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.model.BatchView;
import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// A log on a simulated disk whose process died at any moment, some of it durable.
final class TornLog {
    final SimFiles files;
    private final HandTime time = new HandTime();
    private final long recoveryPoint;
    private long durable;

    /// @param random what is written and what is flushed
    TornLog(Random random, long seed) {
        SimulatedLog source = new SimulatedLog(Durability.FSYNC, new SimFiles(seed));
        files = source.files;
        int batches = 5 + random.nextInt(30);
        for (int sequence = 0; sequence < batches; sequence++) {
            source.stage(sequence);
            source.commit();
            if (random.nextInt(6) == 0) {
                source.keepUp(source.log.upkeep());
                durable = sequence + 1L;
            }
        }
        recoveryPoint = durable;
        source.log.close();
        if (random.nextBoolean()) {
            files.losePower();
        }
    }

    Opening opening(Disk disk) {
        return opening(disk, new Opening.Known(false, recoveryPoint, 0));
    }

    Opening opening(Disk disk, Opening.Known known) {
        return new Opening(
                new Opening.Place(disk, SimulatedLog.PLACE, time),
                SimulatedLog.options(Durability.FSYNC),
                known);
    }

    Path lastRecords() {
        return SimulatedLog.PLACE.resolve(
                files.disk().list(SimulatedLog.PLACE).orThrow().stream()
                        .filter(name -> name.endsWith(".log"))
                        .toList()
                        .getLast());
    }

    /// Reads of some place bring wrong bits for a while.
    void flipReads(Random random) {
        List<String> names = files.disk().list(SimulatedLog.PLACE).orThrow();
        String name = names.get(random.nextInt(names.size()));
        long at = random.nextInt(2_000);
        files.disk().flipReads(SimulatedLog.PLACE.resolve(name), at, at + 1 + random.nextInt(50));
    }

    /// All that was durable is there, each batch as it was written; and all that is there is
    /// durable from now on.
    void check(Loaded loaded) {
        assertTrue(loaded.end() >= durable, loaded.end() + " of " + durable);
        durable = loaded.end();
        long next = 0;
        BatchView batch = new BatchView();
        for (String name : files.disk().list(SimulatedLog.PLACE).orThrow()) {
            if (name.endsWith(".log")) {
                ByteBuffer bytes = bytes(name);
                for (int at = 0; at < bytes.limit(); at = batch.end()) {
                    assertEquals(next, batch.at(bytes, at).baseOffset(), name);
                    assertEquals(next, batch.baseSequence(), name);
                    assertTrue(batch.isSound(), name);
                    next = batch.nextOffset();
                }
            }
        }
        assertEquals(next, loaded.end());
    }

    private ByteBuffer bytes(String name) {
        Path path = SimulatedLog.PLACE.resolve(name);
        DiskFile file = files.disk().open(path, Disk.OpenMode.READ).orThrow();
        ByteBuffer bytes = ByteBuffer.allocate(file.size().orThrow().intValue());
        file.read(0, bytes).orThrow();
        file.close();
        return bytes.flip();
    }
}
