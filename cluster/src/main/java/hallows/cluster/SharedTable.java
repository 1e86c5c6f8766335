package hallows.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A map that never changes and is cheap to have again with a few entries different: both share all
/// other buckets. One table of ten thousand entries costs the next a copy of some thousand
/// references. Iterates in the same order in every process.
final class SharedTable<K, V> {
    private static final int BUCKETS_MIN = 16;

    /// More entries than this for each bucket, and there are twice as many buckets.
    private static final int FILL_MAX = 4;

    private final List<List<Entry<K, V>>> buckets;
    private final int size;

    private record Entry<K, V>(K key, V value) {}

    private SharedTable(List<List<Entry<K, V>>> buckets, int size) {
        this.buckets = buckets;
        this.size = size;
    }

    /// A table with nothing in it.
    static <K, V> SharedTable<K, V> empty() {
        return new SharedTable<>(emptyBuckets(BUCKETS_MIN), 0);
    }

    private static <K, V> List<List<Entry<K, V>>> emptyBuckets(int count) {
        List<List<Entry<K, V>>> buckets = new ArrayList<>(count);
        for (int bucket = 0; bucket < count; bucket++) {
            buckets.add(List.of());
        }
        return buckets;
    }

    int size() {
        return size;
    }

    @Nullable V get(K key) {
        List<Entry<K, V>> bucket = buckets.get(bucketOf(key, buckets.size()));
        for (int at = 0; at < bucket.size(); at++) {
            if (bucket.get(at).key().equals(key)) {
                return bucket.get(at).value();
            }
        }
        return null;
    }

    Stream<V> values() {
        return buckets.stream().flatMap(List::stream).map(Entry::value);
    }

    /// This table without `removed` and then with `put`.
    SharedTable<K, V> with(Set<K> removed, Map<K, V> put) {
        if (removed.isEmpty() && put.isEmpty()) {
            return this;
        }
        List<List<Entry<K, V>>> next = grown(size + put.size());
        int nextSize = size;
        for (K key : removed) {
            nextSize -= take(next, key);
        }
        for (Map.Entry<K, V> entry : put.entrySet()) {
            nextSize -= take(next, entry.getKey());
            add(next, new Entry<>(entry.getKey(), entry.getValue()));
            nextSize++;
        }
        return new SharedTable<>(next, nextSize);
    }

    private List<List<Entry<K, V>>> grown(int entries) {
        int count = buckets.size();
        while (entries > FILL_MAX * count) {
            count *= 2;
        }
        if (count == buckets.size()) {
            return new ArrayList<>(buckets);
        }
        List<List<Entry<K, V>>> wider = emptyBuckets(count);
        buckets.forEach(bucket -> bucket.forEach(entry -> add(wider, entry)));
        return wider;
    }

    private static <K, V> void add(List<List<Entry<K, V>>> buckets, Entry<K, V> entry) {
        int at = bucketOf(entry.key(), buckets.size());
        List<Entry<K, V>> bucket = new ArrayList<>(buckets.get(at));
        bucket.add(entry);
        buckets.set(at, bucket);
    }

    /// Removes an entry; how many there were, one or none.
    private static <K, V> int take(List<List<Entry<K, V>>> buckets, K key) {
        int at = bucketOf(key, buckets.size());
        List<Entry<K, V>> bucket = new ArrayList<>(buckets.get(at));
        if (!bucket.removeIf(entry -> entry.key().equals(key))) {
            return 0;
        }
        buckets.set(at, bucket);
        return 1;
    }

    /// The count is a power of two.
    private static int bucketOf(Object key, int count) {
        int hash = key.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & (count - 1);
    }
}
