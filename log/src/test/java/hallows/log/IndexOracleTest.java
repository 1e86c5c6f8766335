package hallows.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.log.IndexFormat.Kind;
import hallows.runtime.DiskFile;
import hallows.simulation.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random indexes beside Kafka's.
class IndexOracleTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void offsetsAreFoundWhereKafkaFindsThem() {
        Seeds.forEach(IndexOracleTest.class, 60, seed -> play(seed, Kind.OFFSET));
    }

    @Test
    void timestampsAreFoundWhereKafkaFindsThem() {
        Seeds.forEach(IndexOracleTest.class, 60, seed -> play(seed, Kind.TIME));
    }

    private void play(long seed, Kind kind) throws IOException {
        Random random = new Random(seed);
        long base = random.nextBoolean() ? 0 : random.nextLong(1L << 50);
        Path place = Files.createDirectory(directory.resolve(kind + "-" + seed));
        IndexPair pair = new IndexPair(place, new IndexFormat(kind, base));
        try (pair) {
            Walk walk = new Walk(random, kind, base);
            for (int step = random.nextInt(40); step >= 0; step--) {
                step(random, pair, walk);
            }
        }
        assertArrayEquals(Files.readAllBytes(pair.kafkas), Files.readAllBytes(pair.ours));
        kafkaReadsOurs(pair);
    }

    private static void step(Random random, IndexPair pair, Walk walk) {
        switch (random.nextInt(8)) {
            case 0 -> pair.write();
            case 1 -> pair.sleep();
            case 2 -> pair.reopen();
            default -> {
                for (int count = walk.some(); count > 0 && pair.entries() < 9_000; count--) {
                    pair.append(walk.next());
                }
            }
        }
        for (int count = 0; count < 20; count++) {
            pair.floor(walk.keyNear());
            if (pair.format.kind() == Kind.OFFSET) {
                pair.ceiling(walk.valueNear());
            }
        }
        pair.floor(Long.MAX_VALUE);
        pair.floor(Long.MIN_VALUE);
    }

    private static void kafkaReadsOurs(IndexPair pair) {
        IndexPair.KafkaIndex kafka = IndexPair.KafkaIndex.open(pair.ours, pair.format);
        assertEquals(pair.entries(), kafka.entries());
        kafka.close();
    }

    @Test
    void reservedRoomOfABrokerThatCrashedIsNotTakenForEntries() throws IOException {
        for (int entries : new int[] {0, 1, 2, 511, 512, 513, 5_000}) {
            for (Kind kind : Kind.values()) {
                Path file = directory.resolve(kind + "-" + entries);
                IndexFormat format = new IndexFormat(kind, 77);
                IndexPair.KafkaIndex kafka = IndexPair.KafkaIndex.open(file, format);
                Walk walk = new Walk(new Random(entries), kind, 77);
                IndexEntry last = format.nothing();
                for (int count = 0; count < entries; count++) {
                    last = walk.next();
                    kafka.append(last);
                }
                byte[] asCrashed = Files.readAllBytes(file);
                kafka.close();
                byte[] asClosed = Files.readAllBytes(file);

                Files.write(file, asCrashed);
                DiskFile ours = RealDisk.open(file);
                IndexLoad.Sound sound =
                        assertInstanceOf(IndexLoad.Sound.class, IndexFile.open(ours, format));
                assertEquals(entries, sound.index().entries());
                assertEquals(last, sound.index().last());
                RealDisk.done(sound.trim(ours));
                ours.close();
                assertArrayEquals(asClosed, Files.readAllBytes(file));
            }
        }
    }

    /// Entries that ascend, and places near them.
    private static final class Walk {
        private final Random random;
        private final Kind kind;
        private final long base;
        private IndexEntry at;

        Walk(Random random, Kind kind, long base) {
            this.random = random;
            this.kind = kind;
            this.base = base;
            this.at = start();
        }

        private IndexEntry start() {
            return new IndexFormat(kind, base).nothing();
        }

        int some() {
            return random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(20);
        }

        IndexEntry next() {
            at =
                    new IndexEntry(
                            at.key() + 1 + random.nextInt(5), at.value() + 1 + random.nextInt(9));
            return at;
        }

        long keyNear() {
            long low = start().key();
            return low + random.nextLong(-3, at.key() - low + 4);
        }

        long valueNear() {
            return random.nextLong(0, at.value() + 4);
        }
    }
}
