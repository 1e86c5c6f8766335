package hallows.bench;

import java.nio.ByteBuffer;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/// A log asked the same questions again and again, out of the host's cache.
final class ReadTurn implements Entrant.Turn {
    /// A turn is long enough for the compiler to see what it is about.
    private static final int REPEATS = 4;

    private static final int SCATTERED = 2_000;

    /// Not by chance: all have the same questions.
    private static final long STRIDE = 7_919;

    /// All have their bytes in the same memory: where it lies is no difference between logs.
    private static final ByteBuffer INTO = ByteBuffer.allocateDirect(Reading.BYTES);

    private final Ask ask;
    private final long[] places;
    private final int repeats;

    /// One that asks for these offsets or timestamps, in this order and so often.
    private ReadTurn(Ask ask, long[] places, int repeats) {
        this.ask = ask;
        this.places = places;
        this.repeats = repeats;
    }

    /// A question and its answer.
    private interface Ask {
        void at(long place);
    }

    /// What was filled in.
    ///
    /// @param records how many
    /// @param batches what they came in
    record Content(long records, Batches batches) {
        private int stepRecords() {
            return Reading.BYTES / batches.sizeBytes() * batches.records();
        }

        private long batchCount() {
            return records / batches.records();
        }
    }

    private static Ask reads(Reading log) {
        return offset -> log.read(offset, INTO);
    }

    /// From the beginning to the end, by who catches up.
    static ReadTurn all(Reading log, Content content) {
        int step = content.stepRecords();
        long reads = content.records / step;
        return new ReadTurn(
                reads(log), LongStream.range(0, reads).map(i -> i * step).toArray(), REPEATS);
    }

    /// The last batches, by those who follow; as often as makes the same number of reads.
    static ReadTurn tail(Reading log, Content content) {
        int step = content.stepRecords();
        int reads = Batches.RECEIVED * content.batches.records() / step - 1;
        long end = content.records + (long) Batches.RECEIVED * content.batches.records();
        long[] places = LongStream.range(0, reads).map(i -> end - (reads - i) * step).toArray();
        return new ReadTurn(reads(log), places, REPEATS * (int) (content.records / step / reads));
    }

    /// Here and there.
    static ReadTurn scattered(Reading log, Content content) {
        return scattered(reads(log), content.records, i -> i);
    }

    /// Records by their time, here and there.
    static ReadTurn times(Reading log, Content content) {
        return scattered(log::find, content.batchCount(), content.batches::millisOf);
    }

    private static ReadTurn scattered(Ask ask, long count, LongUnaryOperator place) {
        long[] places =
                LongStream.range(0, SCATTERED)
                        .map(i -> Math.floorMod(i * i * STRIDE, count))
                        .map(place)
                        .toArray();
        return new ReadTurn(ask, places, 1);
    }

    @Override
    public int take(Spent spent) {
        spent.begin();
        for (int repeat = 0; repeat < repeats; repeat++) {
            for (long place : places) {
                ask.at(place);
            }
        }
        spent.end();
        return repeats * places.length;
    }
}
