package hallows.broker;

import hallows.runtime.Check;
import java.util.List;

/// A request whose portions are with their owners. Lives on its home shard.
sealed class Gathering permits FetchGathering {
    private final Request request;
    private List<Portion> portions = List.of();
    private int underway;

    Gathering(Request request) {
        this.request = request;
    }

    final Request request() {
        return request;
    }

    final List<Portion> portions() {
        return portions;
    }

    /// They are about to leave.
    void begin(List<Portion> leaving) {
        portions = leaving;
        underway = leaving.size();
    }

    /// One of them is answered.
    final void cameHome(Portion portion) {
        Check.that(portions.contains(portion), "a portion comes home once");
        underway--;
        if (underway == 0) {
            allHome();
        } else {
            someHome();
        }
    }

    /// One of them waits with its owner.
    void isKept(Portion portion) {}

    /// Not all are answered yet.
    void someHome() {}

    /// All are answered.
    void allHome() {
        request.answered();
    }
}
