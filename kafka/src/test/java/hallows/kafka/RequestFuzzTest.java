package hallows.kafka;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import hallows.runtime.SchedulingClass;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.junit.jupiter.api.Test;

/// Whatever bytes a client sends as a request: either they are no request, or they can be read.
class RequestFuzzTest {
    private static final Api.Terms TERMS =
            new Api.Terms(
                    SchedulingClass.MESSAGING, Api.Right.NONE, Api.Quota.TIME, Api.Order.ALONE);
    private static final List<Api> APIS =
            Apis.OFFERED.stream().map(key -> Api.of(key, TERMS, _ -> true)).toList();

    private final ShapeWalk walk = new ShapeWalk();
    private int read;

    @FuzzTest(maxDuration = "2m")
    void anyFrameIsReadOrRefused(byte[] frame) {
        open(frame);
    }

    @Test
    void mutatedRequestsAreReadOrRefused() {
        Random random = new Random(11);
        RandomMessages messages = new RandomMessages(12);
        int rounds = Boolean.getBoolean("hallows.long") ? 2000 : 20;
        for (ApiKeys api : Apis.OFFERED) {
            for (short version = api.oldestVersion(); version <= api.latestVersion(); version++) {
                for (int i = 0; i < rounds; i++) {
                    mutate(Frames.request(api, version, i, messages.request(api, version)), random);
                }
            }
        }
        assertTrue(read > 1000, "many are read");
    }

    private void mutate(byte[] sent, Random random) {
        byte[] frame = Arrays.copyOfRange(sent, FrameIntake.LENGTH_BYTES, sent.length);
        open(frame);
        for (int flips = 0; flips < 5; flips++) {
            frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            open(frame);
        }
    }

    private void open(byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        short number = RequestHead.api(frame);
        for (Api api : APIS) {
            if (api.key().id == number) {
                open(api, frame);
            }
        }
    }

    private void open(Api api, ByteBuffer frame) {
        RequestHead head = RequestHead.read(frame, api, walk);
        Shape shape = head == null ? null : api.shape(head.version());
        if (head == null || shape == null || !walk.holds(shape, frame, head.bodyAt())) {
            return;
        }
        read++;
        int version = head.version();
        if (api.key() == ApiKeys.PRODUCE) {
            produce(frame, new WireReader(frame, head.bodyAt(), version >= 9), version);
        } else if (api.key() == ApiKeys.FETCH) {
            // Kafka's class, which is not used for it, fails at tags of other versions.
            FetchCall.read(new WireReader(frame, head.bodyAt(), version >= 12), version);
        } else {
            ApiMessage message = api.key().messageType.newRequest();
            ByteBuffer body = frame.duplicate().position(head.bodyAt());
            message.read(new ByteBufferAccessor(body), head.version());
            assertTrue(body.position() == walk.end(), "Kafka reads to the same end");
        }
    }

    private static void produce(ByteBuffer frame, WireReader in, int version) {
        ProduceCall call = ProduceCall.read(in, version);
        call.isOutsideItsTransaction(frame);
        for (ProduceCall.Topic topic : call.topics()) {
            for (ProduceCall.Part part : topic.parts()) {
                ProduceCall.isZstd(frame, part);
                assertTrue(part.at() + part.length() <= frame.limit());
            }
        }
    }
}
