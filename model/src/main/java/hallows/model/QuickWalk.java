package hallows.model;

import java.nio.ByteBuffer;

/// The quick half of a walk: it passes over ordinary records and stops before the first other one,
/// which is [RecordWalk]'s to look at and to say what is wrong with it, if anything is. Ordinary is
/// a record that lies there whole, has numbers of one byte or two, and keeps to every rule.
///
/// Where it is stands in a [Place] that never leaves `over`: the compiler takes that apart and
/// keeps it in registers. In fields of the walk each number has to wait until the place of the one
/// before it is stored and loaded again, and that was most of what a record cost.
final class QuickWalk {
    private RecordRules rules = RecordRules.NONE;
    private long now;
    private long baseTimestamp;
    private int count;
    private int at;
    private long latest;

    void begin(BatchView walked, RecordRules asked, long time) {
        rules = asked;
        now = time;
        baseTimestamp = walked.baseTimestamp();
        // Only a log sets the time of an append, so no record of such a batch is ordinary.
        count = walked.hasLogAppendTime() ? 0 : walked.count();
        latest = BatchView.NO_TIMESTAMP;
    }

    /// Passes over ordinary records from number `first` on, which begins at `from`; answers the
    /// number of the one that it stopped at.
    int over(ByteBuffer bytes, int from, int end, int first) {
        Place place = new Place(bytes, from, end);
        long passed = latest;
        int index = first;
        while (index < count && place.begins()) {
            long timestamp = baseTimestamp + place.number();
            boolean isNext = place.number() == index;
            int keyLength = place.number();
            place.skip(keyLength);
            place.skipValue();
            if (!isNext || !rules.take(timestamp, keyLength >= 0, now) || !place.ends()) {
                break;
            }
            passed = Math.max(passed, timestamp);
            index++;
        }
        at = place.begin;
        latest = passed;
        return index;
    }

    /// Where the record begins that it stopped at.
    int at() {
        return at;
    }

    /// The latest timestamp that it passed.
    long latest() {
        return latest;
    }

    /// How far it is: in the record from `begin` to `stop`, at `at`.
    private static final class Place {
        /// Length, attributes, timestamp, offset and the key's length, as long as they can be.
        private static final int HEAD_BYTES_MAX = 9;

        /// A number of two bytes leads no farther than 8 KiB; below this, no place overflows.
        private static final int END_MAX = Integer.MAX_VALUE - (1 << 13);

        private static final int BITS = 0x7f;

        private final ByteBuffer bytes;
        private final int end;
        private int begin;
        private int at;
        private int stop;
        private boolean isOdd;

        Place(ByteBuffer bytes, int begin, int end) {
            this.bytes = bytes;
            this.end = Math.min(end, END_MAX);
            this.begin = begin;
            this.at = begin;
        }

        /// Whether a record may lie here whole. Then its numbers up to the key's length can be
        /// read.
        boolean begins() {
            if (end - at < HEAD_BYTES_MAX) {
                return false;
            }
            int length = number();
            if (length > end - at) {
                return false;
            }
            stop = at + length;
            at++; // attributes, without a meaning so far
            return true;
        }

        /// The next number; two bytes must be there.
        int number() {
            int first = bytes.get(at++);
            if (first >= 0) {
                return first >>> 1 ^ -(first & 1);
            }
            int second = bytes.get(at++);
            if (second < 0) {
                isOdd = true;
                return 0;
            }
            int value = second << 7 | (first & BITS);
            return value >>> 1 ^ -(value & 1);
        }

        /// Passes over so many bytes; below zero stands for nothing there. It may lead beyond the
        /// end.
        void skip(int length) {
            if (length > 0) {
                at += length;
            }
        }

        /// Passes over a value and its length. Two bytes must be there, else it is odd: a value is
        /// followed by the number of headers at least.
        void skipValue() {
            if (stop - at < 2) {
                isOdd = true;
            } else {
                skip(number());
            }
        }

        /// Whether headers, or none, are all that is left of the record. Then the next is here.
        boolean ends() {
            int left = at + 1 == stop ? bytes.get(at) : headers();
            if (left != 0 || isOdd) {
                return false;
            }
            begin = stop;
            at = stop;
            return true;
        }

        /// How many headers do not lie here as they should.
        private int headers() {
            int left = stop - at < 2 ? -1 : number();
            while (left > 0 && stop - at >= 2) {
                int nameLength = number();
                skip(nameLength);
                if (nameLength < 0) {
                    return left;
                }
                skipValue();
                left--;
            }
            return at == stop ? left : -1;
        }
    }
}
