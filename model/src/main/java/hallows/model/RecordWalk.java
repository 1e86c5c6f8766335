package hallows.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over the records of a batch and holds them to the rules of their topic: where they lie, or
/// through a window when they are unpacked piece by piece. Nothing is allocated for a record that
/// is as it should be. A walk is used again and again.
public final class RecordWalk {
    /// More faults than these are counted, but not kept: a small batch may unpack to millions.
    public static final int FAULTS_MAX = 10_000;

    private static final int BITS = 0x7f;
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
    private static final RecordWindow NO_WINDOW = () -> EMPTY;
    private static final String TOO_SHORT = "a record ends beyond its batch";
    private static final String NO_NUMBER = "a number in a record does not end";
    private static final String WRONG_LENGTH = "a record's parts are not as long as it says";
    private static final String LEFT_OVER = "bytes are left after the last record";

    private final List<RecordFault> faults = new ArrayList<>();
    private int faultCount;
    private boolean untimely;
    private long latest;

    private final QuickWalk quick = new QuickWalk();
    private BatchView batch = new BatchView();
    private RecordRules rules = RecordRules.NONE;
    private long now;

    private RecordWindow window = NO_WINDOW;
    private ByteBuffer bytes = EMPTY;
    private int at;
    private int end;
    // What lies before the bytes that are seen now, so that a place is `passed + at`.
    private long passed;
    private boolean broken;

    /// Walks over `walked`, whose records must not be compressed. What is wrong with its structure,
    /// or null; see [#faults] for records that are sound and break a rule.
    public @Nullable String walk(BatchView walked, RecordRules rules, long now) {
        begin(walked, rules, now);
        window = NO_WINDOW;
        bytes = walked.bytes();
        at = walked.recordsStart();
        end = walked.end();
        return records();
    }

    /// The same for records that come through `opened`.
    public @Nullable String walk(
            BatchView walked, RecordWindow opened, RecordRules rules, long now) {
        begin(walked, rules, now);
        window = opened;
        bytes = EMPTY;
        at = 0;
        end = 0;
        return records();
    }

    /// The latest timestamp of the walk; -1 when there was none.
    public long latest() {
        return Math.max(latest, quick.latest());
    }

    /// The records that break a rule, in their order; at most [#FAULTS_MAX].
    public List<RecordFault> faults() {
        return faults;
    }

    /// How many records break a rule.
    public int faultCount() {
        return faultCount;
    }

    /// Whether one of them has a timestamp that it may not have.
    public boolean isUntimely() {
        return untimely;
    }

    private void begin(BatchView walked, RecordRules asked, long time) {
        batch = walked;
        rules = asked;
        now = time;
        quick.begin(walked, asked, time);
        faults.clear();
        faultCount = 0;
        untimely = false;
        latest = BatchView.NO_TIMESTAMP;
        passed = 0;
        broken = false;
    }

    private @Nullable String records() {
        int count = batch.count();
        for (int index = ordinary(0); index < count; index = ordinary(index + 1)) {
            String wrong = record(index);
            if (wrong != null) {
                return wrong;
            }
        }
        return at < end || more() ? LEFT_OVER : null;
    }

    /// Passes over records that nothing need be said about, if the next ones are such.
    private int ordinary(int first) {
        int index = quick.over(bytes, at, end, first);
        at = quick.at();
        return index;
    }

    private @Nullable String record(int index) {
        int length = varint();
        if (broken || length < 1) {
            return broken ? NO_NUMBER : TOO_SHORT;
        }
        long stop = passed + at + length;
        skip(1); // attributes, without a meaning so far
        long timestampDelta = varlong();
        int offsetDelta = varint();
        int keyLength = varint();
        skip(keyLength);
        skip(varint());
        headers(stop);
        if (broken || passed + at != stop) {
            return reaches(stop) ? WRONG_LENGTH : TOO_SHORT;
        }
        if (offsetDelta != index) {
            return "record " + index + " of a batch says that it is number " + offsetDelta;
        }
        long timestamp =
                batch.hasLogAppendTime()
                        ? batch.maxTimestamp()
                        : batch.baseTimestamp() + timestampDelta;
        judge(index, timestamp, keyLength >= 0);
        latest = Math.max(latest, timestamp);
        return null;
    }

    private void headers(long stop) {
        int count = varint();
        if (count < 0 || count > stop - passed - at) {
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

    private void judge(int index, long timestamp, boolean hasKey) {
        if (rules.keyed() && !hasKey) {
            fault(
                    index,
                    ErrorCode.INVALID_RECORD,
                    "a compacted topic takes no record without a key");
        } else if (!rules.logAppendTime() && timestamp != BatchView.NO_TIMESTAMP) {
            if (!rules.allows(timestamp, now)) {
                fault(index, ErrorCode.INVALID_TIMESTAMP, rules.range(timestamp, now));
            }
        } else if (batch.hasLogAppendTime()) {
            fault(index, ErrorCode.INVALID_TIMESTAMP, "only a log sets the time of the append");
        }
    }

    private void fault(int index, ErrorCode error, String message) {
        faultCount++;
        untimely |= error == ErrorCode.INVALID_TIMESTAMP;
        if (faults.size() < FAULTS_MAX) {
            faults.add(new RecordFault(index, error, message));
        }
    }

    /// Whether there are bytes up to this place, wherever the walk broke off.
    private boolean reaches(long place) {
        broken = false;
        skip(place - passed - at);
        return !broken;
    }

    /// Passes over so many bytes; below zero stands for nothing there.
    private void skip(long length) {
        if (length > end - at) {
            skipFar(length);
        } else if (length > 0) {
            at += (int) length;
        }
    }

    private void skipFar(long length) {
        long left = length;
        while (left > end - at) {
            left -= end - at;
            at = end;
            if (!more()) {
                broken = true;
                return;
            }
        }
        at += (int) left;
    }

    /// Moves on to the next bytes of the window, once these are used up.
    private boolean more() {
        ByteBuffer next = window.next();
        if (!next.hasRemaining()) {
            return false;
        }
        passed += end - next.position();
        bytes = next;
        at = next.position();
        end = next.limit();
        return true;
    }

    private int varint() {
        return (int) number(5);
    }

    private long varlong() {
        return number(10);
    }

    /// Nearly all numbers have one byte or two, and these lie where the walk is.
    private long number(int bytesMax) {
        if (end - at < 2) {
            return longer(bytesMax);
        }
        int first = bytes.get(at);
        if (first >= 0) {
            at++;
            return (long) first >>> 1 ^ -(first & 1);
        }
        int second = bytes.get(at + 1);
        if (second < 0) {
            return longer(bytesMax);
        }
        at += 2;
        long value = (long) second << 7 | (first & BITS);
        return value >>> 1 ^ -(value & 1);
    }

    private long longer(int bytesMax) {
        long value = 0;
        for (int i = 0; i < bytesMax && (at < end || more()); i++) {
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
