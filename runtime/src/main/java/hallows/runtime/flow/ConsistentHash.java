package hallows.runtime.flow;

import hallows.runtime.Check;
import java.util.Arrays;

/// The same key to the same target, for as long as that target is there.
///
/// Each target owns a number of points on a ring; a key goes to the owner of the next point. The
/// ring depends only on which targets there are, never on how they came, so all who know the same
/// targets agree. A new target takes about its share of the keys and no key moves between the
/// others; a target that leaves hands its keys to the rest. More points share more evenly (with p
/// points, shares differ by about 1 in the root of p). Only a change of targets allocates.
public final class ConsistentHash implements Balancer {
    private static final int POINTS_EACH_MAX = 4096;
    private static final long PLACE_BITS = 0xffffffffL << Integer.SIZE;

    private final int pointsEach;

    // A point is its place in the upper half and its owner in the lower, in ascending order.
    private long[] points = new long[0];

    /// No targets yet; each will own `pointsEach` points, 128 being a good number.
    public ConsistentHash(int pointsEach) {
        Check.that(0 < pointsEach && pointsEach <= POINTS_EACH_MAX, "points are few", pointsEach);
        this.pointsEach = pointsEach;
    }

    @Override
    public int choose(long key) {
        if (points.length == 0) {
            return NONE;
        }
        int found = Arrays.binarySearch(points, mixed(key));
        int next = found < 0 ? -found - 1 : found;
        return owner(points[next == points.length ? 0 : next]);
    }

    @Override
    public void add(int target) {
        Check.that(target >= 0, "a target is not negative", target);
        Check.that(!owns(target), "a target is added once", target);
        int count = points.length;
        points = Arrays.copyOf(points, count + pointsEach);
        long start = mixed(target);
        for (int i = 0; i < pointsEach; i++) {
            points[count + i] = (mixed(start + i) & PLACE_BITS) | target;
        }
        Arrays.sort(points);
    }

    @Override
    public void remove(int target) {
        Check.that(owns(target), "a target that leaves was there", target);
        points = Arrays.stream(points).filter(point -> owner(point) != target).toArray();
    }

    private boolean owns(int target) {
        return Arrays.stream(points).anyMatch(point -> owner(point) == target);
    }

    private static int owner(long point) {
        return (int) point;
    }

    // The finisher of SplitMix64: a bijection, so keys that differ stay different.
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
