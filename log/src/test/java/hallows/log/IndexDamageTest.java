package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.log.IndexFormat.Kind;
import hallows.runtime.DiskFile;
import hallows.runtime.Fault;
import hallows.simulation.DiskCall;
import hallows.simulation.Seeds;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What an index does when its file is not what it was.
class IndexDamageTest {
    private static final IndexFormat OFFSETS = IndexFormat.ofOffsets(100);

    private final SimFiles files = new SimFiles(1);

    @Test
    void aPieceOfAnEntryIsDamage() {
        assertInstanceOf(IndexLoad.Damaged.class, IndexFile.open(file(new byte[12]), OFFSETS));
        assertInstanceOf(IndexLoad.Damaged.class, IndexFile.check(file(new byte[12]), OFFSETS));
    }

    @Test
    void entriesThatDoNotAscendAreDamage() {
        DiskFile back = file(offsets(1, 50, 9, 60, 5, 70, 12, 80));
        assertInstanceOf(IndexLoad.Damaged.class, IndexFile.check(back, OFFSETS));
        assertInstanceOf(
                IndexLoad.Damaged.class, IndexFile.open(file(offsets(5, 50, 4, 60)), OFFSETS));
        assertInstanceOf(IndexLoad.Damaged.class, IndexFile.open(file(offsets(-5, 50)), OFFSETS));
    }

    @Test
    void anEntryBehindReservedRoomIsDamage() {
        DiskFile hole = file(offsets(1, 50, 0, 0, 0, 0, 5, 70));
        assertInstanceOf(IndexLoad.Damaged.class, IndexFile.check(hole, OFFSETS));
    }

    @Test
    void zerosAloneAreNoEntries() {
        IndexLoad.Sound sound =
                assertInstanceOf(
                        IndexLoad.Sound.class, IndexFile.open(file(new byte[8_000]), OFFSETS));
        assertEquals(0, sound.index().entries());
        assertEquals(8_000, sound.fileBytes());
    }

    @Test
    void aBlockThatChangedIsDamageAndNotAnAnswer() {
        DiskFile file = file(new byte[0]);
        SparseIndex index = written(file, 2_000);
        IndexBlock block = block(index.floor(100 + 700));

        assertEquals(new IndexEntry(800, 7_000), found(block.ask(file)));
        file.write(600 * 8, List.of(ByteBuffer.wrap(offsets(5, 5))));
        assertInstanceOf(IndexAnswer.Damaged.class, block.ask(file));
        file.truncate(600 * 8).orThrow();
        assertInstanceOf(IndexAnswer.Damaged.class, block.ask(file));
    }

    @Test
    void aDiskThatFailsIsNotDamage() {
        DiskFile file = file(new byte[0]);
        SparseIndex index = written(file, 2_000);
        IndexBlock block = block(index.floor(100 + 700));

        files.disk().failNext(DiskCall.READ);
        assertInstanceOf(IndexAnswer.Unreadable.class, block.ask(file));
        files.disk().failNext(DiskCall.READ);
        assertInstanceOf(IndexLoad.Unreadable.class, IndexFile.open(file, OFFSETS));
        files.disk().failNext(DiskCall.READ);
        assertInstanceOf(IndexLoad.Unreadable.class, IndexFile.check(file, OFFSETS));
    }

    @Test
    void aTailThatCannotBeWrittenIsKeptAndBounded() {
        DiskFile file = file(new byte[0]);
        SparseIndex index = written(file, 10);
        files.disk().capacity(0);
        for (int entry = 10; entry < 2 * SparseIndex.TAIL_MAX; entry++) {
            assertTrue(index.append(new IndexEntry(100 + entry, 10L * entry)));
        }
        Fault full = index.tailWrite().to(file).fault();

        assertEquals(Fault.Kind.NO_SPACE, full == null ? null : full.kind());
        assertEquals(10 + SparseIndex.TAIL_MAX, index.entries());
        assertEquals(index.last(), found(index.floor(Long.MAX_VALUE)));

        files.disk().capacity(1 << 20);
        TailWrite again = index.tailWrite();
        assertEquals(null, again.to(file).fault());
        index.wrote(again);
        assertFalse(index.isDirty());
        int later = 3 * SparseIndex.TAIL_MAX;
        assertTrue(index.append(new IndexEntry(100 + later, 10L * later)));
    }

    @Test
    void entriesThatCannotBeAreRefused() {
        SparseIndex index = new SparseIndex(OFFSETS);
        assertFalse(index.append(new IndexEntry(99, 5)));
        assertFalse(index.append(new IndexEntry(101L + Integer.MAX_VALUE, 5)));
        assertTrue(index.append(new IndexEntry(105, 5)));
        assertFalse(index.append(new IndexEntry(105, 6)));
        assertFalse(index.append(new IndexEntry(106, 4)));
        assertEquals(1, index.entries());
    }

    @Test
    void anIdleIndexKeepsNothingAndALongOneLittle() {
        DiskFile file = file(new byte[0]);
        SparseIndex index = written(file, 262_144);
        assertTrue(index.heapBytes() <= 8 << 10, () -> "bytes: " + index.heapBytes());
        index.sleep();
        assertEquals(0, index.heapBytes());
    }

    @Test
    void anyBytesAreReadToAnEnd() {
        Seeds.forEach(IndexDamageTest.class, 300, this::garbage);
    }

    private void garbage(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[24 * random.nextInt(600)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        for (int flips = random.nextInt(20); flips > 0 && bytes.length > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        for (Kind kind : Kind.values()) {
            IndexFormat format = new IndexFormat(kind, random.nextLong(1L << 40));
            DiskFile file = file(bytes);
            IndexFile.check(file, format);
            if (IndexFile.open(file, format) instanceof IndexLoad.Sound sound) {
                ask(random, sound.index(), file);
            }
        }
    }

    private static void ask(Random random, SparseIndex index, DiskFile file) {
        for (int count = 0; count < 10; count++) {
            for (IndexAnswer answer :
                    List.of(index.floor(random.nextLong()), index.ceiling(random.nextInt()))) {
                if (answer instanceof IndexAnswer.InFile(IndexBlock block)) {
                    block.ask(file);
                }
            }
        }
    }

    private DiskFile file(byte[] bytes) {
        return files.file("index", bytes);
    }

    private static SparseIndex written(DiskFile file, int entries) {
        SparseIndex index = new SparseIndex(OFFSETS);
        for (int entry = 0; entry < entries; entry++) {
            assertTrue(index.append(new IndexEntry(100 + entry, 10L * entry)));
            if (index.isWriteDue() || entry == entries - 1) {
                TailWrite write = index.tailWrite();
                write.to(file);
                index.wrote(write);
            }
        }
        return index;
    }

    private static IndexBlock block(IndexAnswer answer) {
        return assertInstanceOf(IndexAnswer.InFile.class, answer).block();
    }

    private static IndexEntry found(IndexAnswer answer) {
        return assertInstanceOf(IndexAnswer.Found.class, answer).entry();
    }

    private static byte[] offsets(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }
}
