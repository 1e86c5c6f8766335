package hallows.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// Whatever bytes stand behind a header, a walk over them ends within them.
class BatchWalkFuzzTest {
    private final BatchView batch = new BatchView();
    private final RecordWalk walk = new RecordWalk();

    @FuzzTest(maxDuration = "2m")
    void anyRecordsAreWalkedOver(byte[] data) {
        walk(data);
    }

    @Test
    void oneOrTwoFlippedBitsAreWalkedOver() throws IOException {
        byte[] sound = GoldenBatch.bytes().array();
        for (int one = 0; one < sound.length * Byte.SIZE; one++) {
            for (int other = 0; other < sound.length * Byte.SIZE; other += 61) {
                byte[] flipped = sound.clone();
                flipped[one / Byte.SIZE] ^= (byte) (1 << one % Byte.SIZE);
                flipped[other / Byte.SIZE] ^= (byte) (1 << other % Byte.SIZE);
                walk(flipped);
            }
        }
    }

    private void walk(byte[] data) {
        if (data.length < BatchView.HEADER_BYTES) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(data.clone());
        bytes.putInt(8, data.length - BatchView.PREFIX_BYTES);
        batch.at(bytes, 0);
        walk.walk(batch, RecordRules.NONE, 0);
        ByteBuffer records = bytes.duplicate().position(BatchView.HEADER_BYTES);
        String plain = walk.walk(batch, new RecordRules(true, false, 10, 10), 0);
        int faults = walk.faultCount();
        String windowed =
                walk.walk(batch, new Slices(records), new RecordRules(true, false, 10, 10), 0);
        assertTrue((plain == null) == (windowed == null), plain + " or " + windowed);
        assertTrue(plain != null || faults == walk.faultCount());
        batch.isSound();
        batch.lastSequence();
    }

    /// The same records in pieces of a few bytes, so that numbers lie across the edges.
    private static final class Slices implements RecordWindow {
        private static final int SLICE_BYTES = 3;
        private final ByteBuffer records;

        Slices(ByteBuffer records) {
            this.records = records;
        }

        @Override
        public ByteBuffer next() {
            int from = records.position();
            int to = Math.min(records.limit(), from + SLICE_BYTES);
            records.position(to);
            return records.duplicate().position(from).limit(to);
        }
    }
}
