package hallows.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hallows.log.ProducerBatches.Marker;
import hallows.model.BatchView;
import hallows.simulation.Property;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlBatchTest {
    private static final int ATTRIBUTES = 21;
    private static final int MAX_TIMESTAMP = 35;
    private static final int COUNT = 57;
    private static final int KEY_VERSION = 66;

    private static ByteBuffer abort() {
        return new Marker(9, 1, 77, true, 5_000).at(3);
    }

    private static ControlBatch read(ByteBuffer batch) {
        return ControlBatch.read(ProducerBatches.view(batch));
    }

    @Test
    void markersSayHowTheTransactionEnds() {
        assertEquals(new EndMarker(true, 77, 5_000), read(abort()));
        assertEquals(new EndMarker(false, 0, 1), read(new Marker(9, 1, 0, false, 1).at(0)));
    }

    @Test
    void aMarkerIsAsOldAsTheAppendWhereTheTopicSaysSo() {
        ByteBuffer batch = abort();
        batch.putShort(ATTRIBUTES, (short) (batch.getShort(ATTRIBUTES) | 0x08));
        batch.putLong(MAX_TIMESTAMP, 6_000);
        assertEquals(new EndMarker(true, 77, 6_000), read(batch));
    }

    @Test
    void laterVersionsAreReadAsThisOne() {
        ByteBuffer batch = abort().putShort(KEY_VERSION, (short) 3);
        assertEquals(new EndMarker(true, 77, 5_000), read(batch));
        assertInstanceOf(
                ControlBatch.Malformed.class, read(abort().putShort(KEY_VERSION, (short) -1)));
    }

    @Test
    void whatEndsNoTransactionIsMalformed() {
        ByteBuffer other = ProducerBatches.malformed(new Marker(9, 1, 0, false, 1), 0);
        assertInstanceOf(ControlBatch.Malformed.class, read(other));
        ByteBuffer compressed = abort().putShort(ATTRIBUTES, (short) 0x31);
        assertInstanceOf(ControlBatch.Malformed.class, read(compressed));
        assertInstanceOf(ControlBatch.Malformed.class, read(abort().putInt(COUNT, -1)));
        assertInstanceOf(ControlBatch.Swept.class, read(abort().putInt(COUNT, 0)));
    }

    @Test
    void anyBytesAreReadWithoutAnException() {
        Property.of("a control batch may hold anything")
                .operations(40, dice -> List.of(dice.below(40), dice.below(256)))
                .holds(changes -> {
                    ByteBuffer batch = abort();
                    for (List<Integer> change : changes) {
                        int at = BatchView.HEADER_BYTES + change.getFirst();
                        if (at < batch.limit()) {
                            batch.put(at, change.getLast().byteValue());
                        }
                        read(batch);
                    }
                });
    }
}
