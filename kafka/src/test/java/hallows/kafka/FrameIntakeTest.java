package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.kafka.FrameIntake.Look;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameIntakeTest {
    private static final int FRAME_BYTES_MAX = 1 << 17;

    private final Memory memory = new Memory(1 << 20);
    private final UnreadMemory unread = new UnreadMemory(memory.buffers(), 1 << 18);
    private final Set<FrameIntake> called = new LinkedHashSet<>();
    private final FrameIntake intake = intake();

    private FrameIntake intake() {
        FrameIntake[] made = new FrameIntake[1];
        made[0] = new FrameIntake(unread, FRAME_BYTES_MAX, () -> called.add(made[0]));
        return made[0];
    }

    @Test
    void framesOfEverySizeComeOutAsTheyWentIn() {
        Random random = new Random(1);
        List<byte[]> sent = new ArrayList<>();
        for (int size : new int[] {0, 1, 2043, 2044, 2045, 2048, 5000, 8191, 8192, 8193, 100_000}) {
            sent.add(frame(random, size));
            sent.add(frame(random, random.nextInt(300)));
        }
        for (int portion : new int[] {1, 3, 1000, 1 << 20}) {
            assertFrames(sent, received(sent, portion));
            assertEquals(
                    0, memory.buffers().liveRegions(), "an intake without bytes has no memory");
        }
    }

    @Test
    void aFrameMayBeSplitAtEachByte() {
        Random random = new Random(2);
        List<byte[]> sent = List.of(frame(random, 20), frame(random, 3000), frame(random, 7));
        int total = sent.stream().mapToInt(frame -> frame.length + 4).sum();
        for (int at = 1; at < total; at++) {
            assertFrames(sent, received(sent, at));
        }
    }

    @Test
    void whatIsAnnouncedCostsNothing() {
        List<FrameIntake> halfOpen = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            FrameIntake one = intake();
            put(one, ByteBuffer.allocate(5).putInt(FRAME_BYTES_MAX).put((byte) 1).flip());
            assertEquals(Look.NEEDS_BYTES, one.look());
            halfOpen.add(one);
        }
        assertEquals(16 * FrameChunk.BYTES, memory.buffers().liveBytes(), "a chunk each");
        halfOpen.forEach(FrameIntake::close);
        assertEquals(0, memory.buffers().liveRegions());
    }

    @Test
    void aLengthThatCannotBeIsNoFrame() {
        for (int length : new int[] {-1, Integer.MIN_VALUE, FRAME_BYTES_MAX + 1}) {
            FrameIntake one = intake();
            put(one, ByteBuffer.allocate(4).putInt(length).flip());
            assertEquals(Look.MALFORMED, one.look());
            one.close();
        }
    }

    @Test
    void behindALargeFrameThereIsNoSpaceUntilItIsTaken() {
        put(intake, ByteBuffer.allocate(9004).putInt(9000).position(9004).flip());
        assertNull(intake.space());
        assertEquals(Look.FRAME, intake.look());
        intake.done();
        assertEquals(FrameChunk.BYTES, Objects.requireNonNull(intake.space()).remaining());
        intake.close();
    }

    /// Each has half of its frame sent, and only one fits: nobody leaves, and all are done.
    @Test
    void allThatStarveTogetherAreDoneInTheOrderOfComing() {
        List<FrameIntake> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            FrameIntake one = intake();
            all.add(one);
            put(one, ByteBuffer.allocate(2048).putInt(FRAME_BYTES_MAX).position(2048).flip());
        }
        assertEquals(Look.NEEDS_BYTES, all.getFirst().look());
        for (FrameIntake waiting : all.subList(1, 6)) {
            assertEquals(Look.NEEDS_MEMORY, waiting.look());
            assertEquals(FrameChunk.BYTES, waiting.heldBytes(), "waits with nothing more");
        }
        for (int i = 0; i < 6; i++) {
            FrameIntake next = all.get(i);
            all.subList(i + 1, 6).reversed().forEach(FrameIntake::look);
            assertEquals(Look.NEEDS_BYTES, next.look(), "its turn, whoever asks before it");
            put(next, ByteBuffer.allocate(FRAME_BYTES_MAX + 4 - 2048));
            assertEquals(Look.FRAME, next.look());
            called.clear();
            next.done();
            assertEquals(i < 5 ? List.of(all.get(i + 1)) : List.of(), called.stream().toList());
        }
        assertEquals(0, memory.buffers().liveRegions());
    }

    @Test
    void whoLeavesIsNotWaitedFor() {
        List<FrameIntake> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(intake());
            put(
                    all.get(i),
                    ByteBuffer.allocate(2048).putInt(FRAME_BYTES_MAX).position(2048).flip());
            all.get(i).look();
        }
        assertTrue(all.get(1).isNext());
        assertFalse(all.get(2).isNext());
        all.get(1).close();
        assertTrue(all.get(2).isNext());
        all.get(0).close();
        assertEquals(Look.NEEDS_BYTES, all.get(2).look());
        all.get(2).close();
        assertEquals(0, memory.buffers().liveRegions());
    }

    @Test
    void largeFramesLeaveRoomForSmallOnes() {
        FrameIntake large = intake();
        put(large, ByteBuffer.allocate(2048).putInt(FRAME_BYTES_MAX).position(2048).flip());
        assertEquals(Look.NEEDS_BYTES, large.look());
        FrameIntake small = intake();
        put(small, ByteBuffer.allocate(3004).putInt(3000).position(3004).flip());
        assertEquals(Look.FRAME, small.look());
        small.close();
        large.close();
    }

    @Test
    void withoutChunksItWaitsAndGoesOn() {
        List<FrameIntake> begun = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            begun.add(intake());
            put(begun.get(i), ByteBuffer.allocate(1));
        }
        assertNull(intake.space());
        assertEquals(Look.NEEDS_MEMORY, intake.look());
        assertFalse(begun.getFirst().giveBackUnused(), "there is a byte in it");
        begun.forEach(FrameIntake::close);
        assertEquals(Look.NEEDS_BYTES, intake.look());
        assertTrue(intake.giveBackUnused());
        assertEquals(0, memory.buffers().liveRegions());
    }

    /// Enough for wide chunks.
    private static FrameIntake wealthy(Memory memory) {
        UnreadMemory plenty = new UnreadMemory(memory.buffers(), 1 << 24);
        return new FrameIntake(plenty, FRAME_BYTES_MAX, () -> {});
    }

    @Test
    void whoSendsMuchIsReadInWideChunks() {
        Memory much = new Memory(1 << 25);
        FrameIntake one = wealthy(much);
        assertEquals(FrameChunk.BYTES, Objects.requireNonNull(one.space()).remaining());
        put(one, ByteBuffer.allocate(2048).putInt(5000).position(2048).flip());
        assertTrue(one.isFull());
        int there = FrameChunk.BYTES;
        assertEquals(
                FrameChunk.WIDE_BYTES - there, Objects.requireNonNull(one.space()).remaining());
        put(one, ByteBuffer.allocate(5004 - there));
        assertEquals(Look.FRAME, one.look());
        assertEquals(5000, one.frame().remaining());
        one.done();
        assertEquals(0, much.buffers().liveRegions());

        assertEquals(FrameChunk.WIDE_BYTES, Objects.requireNonNull(one.space()).remaining());
        put(one, ByteBuffer.allocate(24).putInt(20).position(24).flip());
        one.look();
        one.done();
        assertEquals(
                FrameChunk.BYTES,
                Objects.requireNonNull(one.space()).remaining(),
                "who sends little has a small one again");
        one.close();
        assertEquals(0, much.buffers().liveRegions());
    }

    @Test
    void manySmallFramesAreReadInWideChunks() {
        Random random = new Random(3);
        Memory much = new Memory(1 << 25);
        FrameIntake one = wealthy(much);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            sent.add(frame(random, random.nextInt(i % 100 == 0 ? 40_000 : 400)));
        }
        for (int portion : new int[] {7, 3000, 1 << 20}) {
            assertFrames(sent, received(one, sent, portion));
            assertEquals(0, much.buffers().liveRegions());
        }
    }

    @Test
    void aFrameThatFillsAWideChunkHasMemoryOfItsOwn() {
        FrameIntake one = wealthy(new Memory(1 << 25));
        put(one, ByteBuffer.allocate(2048).putInt(60_000).position(2048).flip());
        assertEquals(60_004 - 2048, Objects.requireNonNull(one.space()).remaining());
        put(one, ByteBuffer.allocate(60_004 - 2048));
        assertNull(one.space());
        assertEquals(Look.FRAME, one.look());
        assertEquals(60_004, Objects.requireNonNull(one.take()).length());
        one.done();
        assertNull(one.take());
        assertEquals(FrameChunk.BYTES, Objects.requireNonNull(one.space()).remaining());
        one.close();
    }

    @Test
    void wideChunksLeaveHalfToOthers() {
        Memory much = new Memory(1 << 25);
        UnreadMemory plenty = new UnreadMemory(much.buffers(), 1 << 24);
        List<FrameIntake> all = new ArrayList<>();
        int wide = 0;
        for (int i = 0; i < 64; i++) {
            FrameIntake one = new FrameIntake(plenty, FRAME_BYTES_MAX, () -> {});
            all.add(one);
            put(one, ByteBuffer.allocate(2048).putInt(5000).position(2048).flip());
            wide += Objects.requireNonNull(one.space()).capacity() == FrameChunk.WIDE_BYTES ? 1 : 0;
        }
        assertTrue(wide > 0 && wide * FrameChunk.WIDE_BYTES <= 1 << 20, "wide ones: " + wide);
        all.forEach(FrameIntake::close);
        assertEquals(0, much.buffers().liveRegions());
    }

    /// What comes out when so many bytes come at a time.
    private List<byte[]> received(List<byte[]> frames, int portion) {
        return received(intake, frames, portion);
    }

    private static List<byte[]> received(FrameIntake intake, List<byte[]> frames, int portion) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 21);
        frames.forEach(frame -> bytes.putInt(frame.length).put(frame));
        bytes.flip();
        List<byte[]> received = new ArrayList<>();
        while (bytes.hasRemaining()) {
            ByteBuffer space = intake.space();
            if (space != null) {
                move(bytes, space, portion);
            }
            while (intake.look() == Look.FRAME) {
                byte[] frame = new byte[intake.frame().remaining()];
                intake.frame().get(frame);
                received.add(frame);
                intake.done();
            }
        }
        return received;
    }

    private static void put(FrameIntake into, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            move(bytes, Objects.requireNonNull(into.space()), Integer.MAX_VALUE);
            if (bytes.hasRemaining()) {
                into.look();
            }
        }
    }

    private static void move(ByteBuffer from, ByteBuffer to, int portion) {
        int count = Math.min(portion, Math.min(from.remaining(), to.remaining()));
        to.put(from.slice(from.position(), count));
        from.position(from.position() + count);
    }

    private static byte[] frame(Random random, int size) {
        byte[] frame = new byte[size];
        random.nextBytes(frame);
        return frame;
    }

    private static void assertFrames(List<byte[]> expected, List<byte[]> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i));
        }
    }
}
