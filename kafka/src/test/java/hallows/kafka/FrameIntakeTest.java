package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.kafka.FrameIntake.Look;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameIntakeTest {
    private static final int FRAME_BYTES_MAX = 1 << 17;

    private final Memory memory = new Memory(1 << 20);
    private final MemoryShare share = new MemoryShare(memory.buffers(), 1 << 19);
    private final FrameIntake intake = new FrameIntake(share, FRAME_BYTES_MAX);

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
        for (int i = 0; i < 40; i++) {
            FrameIntake one = new FrameIntake(share, FRAME_BYTES_MAX);
            put(one, ByteBuffer.allocate(5).putInt(FRAME_BYTES_MAX).put((byte) 1).flip());
            assertEquals(Look.NEEDS_BYTES, one.look());
            halfOpen.add(one);
        }
        assertTrue(memory.buffers().liveBytes() <= 40 * 8192, "a small block for each");
        halfOpen.forEach(FrameIntake::close);
        assertEquals(0, memory.buffers().liveRegions());
    }

    @Test
    void aLengthThatCannotBeIsNoFrame() {
        for (int length : new int[] {-1, Integer.MIN_VALUE, FRAME_BYTES_MAX + 1}) {
            FrameIntake one = new FrameIntake(share, FRAME_BYTES_MAX);
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
        assertEquals(FrameIntake.CHUNK_BYTES, Objects.requireNonNull(intake.space()).remaining());
        intake.close();
    }

    @Test
    void withoutMemoryItWaitsAndGoesOn() {
        MemoryShare little = new MemoryShare(memory.buffers(), 12_000);
        FrameIntake one = new FrameIntake(little, FRAME_BYTES_MAX);
        FrameIntake other = new FrameIntake(little, FRAME_BYTES_MAX);
        put(one, ByteBuffer.allocate(2048).putInt(9000).position(2048).flip());
        assertEquals(Look.NEEDS_BYTES, one.look());
        put(other, ByteBuffer.allocate(2048).putInt(5000).position(2048).flip());
        assertEquals(Look.NEEDS_MEMORY, other.look());
        FrameIntake third = new FrameIntake(little, FRAME_BYTES_MAX);
        assertNull(third.space());
        assertEquals(Look.NEEDS_MEMORY, third.look());
        one.close();
        assertEquals(Look.NEEDS_BYTES, other.look());
        assertEquals(Look.NEEDS_BYTES, third.look());
        put(other, ByteBuffer.allocate(5004 - 2048));
        assertEquals(Look.FRAME, other.look());
        other.close();
        assertEquals(0, memory.buffers().liveRegions());
    }

    /// What comes out when so many bytes come at a time.
    private List<byte[]> received(List<byte[]> frames, int portion) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 18);
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
