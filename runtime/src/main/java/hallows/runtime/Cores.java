package hallows.runtime;

import java.util.List;

/// Which of a host's cores an application runs on.
///
/// @param shards their numbers; none for all
/// @param exclusive whether no other application may run there
public record Cores(List<Integer> shards, boolean exclusive) {
    /// Every core, together with others.
    public static final Cores ALL = new Cores(List.of(), false);

    /// Makes it immutable.
    public Cores {
        shards = List.copyOf(shards);
    }

    /// These cores, together with others.
    public static Cores shared(Integer... shards) {
        return new Cores(List.of(shards), false);
    }

    /// These cores, alone.
    public static Cores exclusive(Integer... shards) {
        return new Cores(List.of(shards), true);
    }

    /// Whether it runs on this core.
    public boolean contains(int shard) {
        return shards.isEmpty() || shards.contains(shard);
    }
}
