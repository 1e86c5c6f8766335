package hallows.cluster;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Some nodes, in an order that may mean something: the first replica is the one preferred.
public final class NodeIds {
    /// Nobody.
    public static final NodeIds NONE = new NodeIds(new int[0]);

    private final int[] ids;

    private NodeIds(int[] ids) {
        this.ids = ids;
    }

    /// These, in this order.
    public static NodeIds of(int... ids) {
        return ids.length == 0 ? NONE : new NodeIds(ids.clone());
    }

    /// How many there are.
    public int size() {
        return ids.length;
    }

    /// One of them.
    public int at(int index) {
        return ids[index];
    }

    /// Whether a node is one of them.
    public boolean contains(int id) {
        for (int one : ids) {
            if (one == id) {
                return true;
            }
        }
        return false;
    }

    /// All of them.
    public IntStream stream() {
        return Arrays.stream(ids);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeIds nodes && Arrays.equals(ids, nodes.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
