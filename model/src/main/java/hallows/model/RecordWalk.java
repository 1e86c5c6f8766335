package hallows.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over the records of a batch where they lie and holds them to the rules of their topic.
/// Nothing is allocated for a record that is as it should be. A walk is used again and again.
public final class RecordWalk {
    private static final int MORE = 0x80;
    private static final int BITS = 0x7f;
    private static final String TOO_SHORT = "a record ends beyond its batch";
    private static final String NO_NUMBER = "a number in a record does not end";
    private static final String WRONG_LENGTH = "a record's parts are not as long as it says";
    private static final String LEFT_OVER = "bytes are left after the last record";

    private final List<RecordFault> faults = new ArrayList<>();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int at;
    private int end;
    private boolean broken;
    private long latest;

    /// Walks over `batch`, whose records must not be compressed. What is wrong with its structure,
    /// or null; see [#faults] for records that are sound and break a rule.
    public @Nullable String walk(BatchView batch, RecordRules rules, long now) {
        return walk(batch, batch.bytes(), batch.recordsStart(), batch.end(), rules, now);
    }

    /// The same for records that were unpacked into `unpacked`, from `from` to `to`.
    public @Nullable String walk(
            BatchView batch, ByteBuffer unpacked, int from, int to, RecordRules rules, long now) {
        faults.clear();
        bytes = unpacked;
        at = from;
        end = to;
        broken = false;
        latest = BatchView.NO_TIMESTAMP;
        int count = batch.count();
        for (int index = 0; index < count; index++) {
            String wrong = record(batch, index, rules, now);
            if (wrong != null) {
                return wrong;
            }
        }
        return at == end ? null : LEFT_OVER;
    }

    /// The latest timestamp of the walk; -1 when there was none.
    public long latest() {
        return latest;
    }

    /// The records that break a rule, in their order.
    public List<RecordFault> faults() {
        return faults;
    }

    private @Nullable String record(BatchView batch, int index, RecordRules rules, long now) {
        int length = varint();
        int stop = at + length;
        if (broken || length < 1 || length > end - at) {
            return broken ? NO_NUMBER : TOO_SHORT;
        }
        at++; // attributes, without a meaning so far
        long timestampDelta = varlong();
        int offsetDelta = varint();
        int keyLength = varint();
        skip(keyLength);
        skip(varint());
        headers();
        if (broken || at != stop) {
            return WRONG_LENGTH;
        }
        if (offsetDelta != index) {
            return "record " + index + " of a batch says that it is number " + offsetDelta;
        }
        long timestamp =
                batch.hasLogAppendTime()
                        ? batch.maxTimestamp()
                        : batch.baseTimestamp() + timestampDelta;
        judge(batch, index, timestamp, keyLength >= 0, rules, now);
        latest = Math.max(latest, timestamp);
        return null;
    }

    private void headers() {
        int count = varint();
        if (count < 0 || count > end - at) {
            broken = true;
        }
        for (int i = 0; i < count && !broken; i++) {
            int nameLength = varint();
            if (nameLength < 0) {
                broken = true;
            }
            skip(nameLength);
            skip(varint());
        }
    }

    private void judge(
            BatchView batch,
            int index,
            long timestamp,
            boolean hasKey,
            RecordRules rules,
            long now) {
        if (rules.keyed() && !hasKey) {
            fault(
                    index,
                    ErrorCode.INVALID_RECORD,
                    "a compacted topic takes no record without a key");
        } else if (!rules.logAppendTime() && timestamp != BatchView.NO_TIMESTAMP) {
            if (!rules.allows(timestamp, now)) {
                String range =
                        "a timestamp of %d is out of range: between %d and %d it may be"
                                .formatted(
                                        timestamp,
                                        now - rules.beforeMillis(),
                                        now + rules.afterMillis());
                fault(index, ErrorCode.INVALID_TIMESTAMP, range);
            }
        } else if (batch.hasLogAppendTime()) {
            fault(index, ErrorCode.INVALID_TIMESTAMP, "only a log sets the time of the append");
        }
    }

    private void fault(int index, ErrorCode error, String message) {
        faults.add(new RecordFault(index, error, message));
    }

    /// Passes over so many bytes; below zero stands for nothing there.
    private void skip(int length) {
        if (length > end - at) {
            broken = true;
        } else if (length > 0) {
            at += length;
        }
    }

    private int varint() {
        int first = at < end ? bytes.get(at) : MORE;
        if ((first & MORE) == 0) {
            at++;
            return first >>> 1 ^ -(first & 1);
        }
        return (int) longer(5);
    }

    private long varlong() {
        return longer(10);
    }

    private long longer(int bytesMax) {
        long value = 0;
        for (int i = 0; i < bytesMax && at < end; i++) {
            byte next = bytes.get(at++);
            value |= (long) (next & BITS) << (7 * i);
            if (next >= 0) {
                long bits = bytesMax == 5 ? value & 0xffffffffL : value;
                return bits >>> 1 ^ -(bits & 1);
            }
        }
        broken = true;
        return 0;
    }
}
