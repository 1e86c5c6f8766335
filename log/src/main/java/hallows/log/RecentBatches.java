package hallows.log;

import org.jspecify.annotations.Nullable;

/// Where the last batches of the segment that grows begin and end, so that who reads behind the
/// writer need not search for them. Takes memory only once somebody reads there.
///
/// What it knows is a row of borders: all below an offset lies before a position, all from that
/// offset on behind it. A border that does not fit the one before it makes it forget: then the
/// segment was cut meanwhile.
///
/// Lives on its log's shard.
final class RecentBatches {
    /// Borders, one more than batches: a cycle brings fewer. A power of two.
    static final int BORDERS_MAX = 64;

    private static final long[] NO_OFFSETS = {};
    private static final int[] NO_POSITIONS = {};

    private long[] offsets = NO_OFFSETS;
    private int[] positions = NO_POSITIONS;
    private int youngest;
    private int count;

    /// Where a question leads.
    ///
    /// @param position of the first batch
    /// @param firstBytes how long that is
    /// @param bytes from there up to the bound
    record Place(int position, int firstBytes, int bytes) {}

    /// Somebody reads here: what is appended from this border on is kept in mind, and what already
    /// is, if it ends there.
    void follow(long offset, int position) {
        if (offsets.length == 0) {
            offsets = new long[BORDERS_MAX];
            positions = new int[BORDERS_MAX];
        }
        if (count == 0 || offset(0) != offset || position(0) != position) {
            count = 0;
            add(offset, position);
        }
    }

    /// A batch was appended.
    void appended(int position, Pace.Batch batch) {
        if (count > 0 && position(0) == position) {
            add(batch.lastOffset() + 1, position + batch.bytes());
        } else {
            count = 0;
        }
    }

    private void add(long offset, int position) {
        youngest = (youngest + 1) & (BORDERS_MAX - 1);
        offsets[youngest] = offset;
        positions[youngest] = position;
        count = Math.min(count + 1, BORDERS_MAX);
    }

    /// Nobody will ask any more.
    void forget() {
        offsets = NO_OFFSETS;
        positions = NO_POSITIONS;
        count = 0;
    }

    /// The batches from the one that ends above `offset` up to those that end above `bound`; null
    /// when they began before anything that is known. Something lies below the bound.
    @Nullable Place find(long offset, long bound) {
        int first = age(offset);
        if (first == count || first == 0) {
            return null;
        }
        int position = position(first);
        return new Place(position, position(first - 1) - position, position(age(bound)) - position);
    }

    /// The age of the youngest border at or below an offset; `count` when there is none.
    private int age(long offset) {
        int age = 0;
        while (age < count && offset(age) > offset) {
            age++;
        }
        return age;
    }

    private long offset(int age) {
        return offsets[slot(age)];
    }

    private int position(int age) {
        return positions[slot(age)];
    }

    private int slot(int age) {
        return (youngest - age) & (BORDERS_MAX - 1);
    }
}
