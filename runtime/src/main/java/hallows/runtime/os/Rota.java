package hallows.runtime.os;

import hallows.runtime.Reception;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose turn it is to get a connection. Lives on the acceptor's core.
final class Rota {
    /// A core that has joined.
    record Berth(NettyCore core, Reception reception) {}

    private int turn;

    /// One after so many turns.
    Rota(int turns) {
        this.turn = turns;
    }

    /// The least loaded; among equals each has its turn. Null when nobody has joined.
    @Nullable Berth leastLoaded(List<Berth> joined) {
        turn++;
        Berth best = null;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < joined.size(); i++) {
            // The turns overflow once in two thousand million connections.
            Berth candidate = joined.get(Math.floorMod(turn + i, joined.size()));
            int load = candidate.core().load().get();
            if (load < least) {
                least = load;
                best = candidate;
            }
        }
        return best;
    }
}
