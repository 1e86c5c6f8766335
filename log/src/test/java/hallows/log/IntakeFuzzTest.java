package hallows.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import hallows.log.kafka.Codecs;
import hallows.model.BatchView;
import hallows.model.Outcome;
import hallows.model.RecordRules;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a client brings, the intake has an answer. The checksum is made right where there is
/// one, for a client can do that, too: what lies behind it is then looked at.
class IntakeFuzzTest {
    private static final int CHECKSUM = 17;
    private static final List<Packing> PACKINGS =
            List.of(Packing.PRODUCERS, new Packing.Plain(), new Packing.Lz4(1));

    private final Intake intake = new Intake(new Codecs());

    @FuzzTest(maxDuration = "2m")
    void anyBytesHaveAnAnswer(byte[] data) {
        bring(data);
    }

    @Test
    void mutatedBatchesHaveAnAnswer() {
        List<byte[]> batches = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            batches.add(new RandomBatch(random, 1_000_000).bytes());
        }
        Mutations.forEach(batches, this::bring);
    }

    private void bring(byte[] data) {
        ByteBuffer bytes = ByteBuffer.wrap(data.clone());
        if (data.length >= BatchView.HEADER_BYTES && BatchView.sizeAt(bytes, 0) == data.length) {
            bytes.putInt(CHECKSUM, new BatchView().at(bytes, 0).computedChecksum());
        }
        for (Packing packing : PACKINGS) {
            Intake.Limits limits =
                    new Intake.Limits(1 << 20, packing, Validation.STRICT, RecordRules.NONE);
            Outcome.Refused refused = intake.refusal(bytes, Origin.CLIENT, limits, 1_000_000);
            assertTrue(refused == null || !refused.message().isEmpty());
            assertTrue(refused != null || intake.batch().isSound());
        }
    }
}
