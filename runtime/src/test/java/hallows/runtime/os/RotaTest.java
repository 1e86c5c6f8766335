package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hallows.runtime.CoreOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotaTest {
    @Test
    void turnsGoOnWhenTheirCountOverflows() {
        try (OsWorld world = new OsWorld(OsOptions.standard())) {
            List<Rota.Berth> berths = new ArrayList<>();
            for (int index = 0; index < 3; index++) {
                NettyCore core =
                        (NettyCore) world.core(new CoreOptions(index, "idle-" + index, -1, 0));
                berths.add(new Rota.Berth(core, Party::listening));
            }
            Rota rota = new Rota(Integer.MAX_VALUE - 3);
            List<Rota.Berth> chosen = new ArrayList<>();
            for (int visitor = 0; visitor < 9; visitor++) {
                chosen.add(rota.leastLoaded(berths));
            }
            assertEquals(new HashSet<>(berths), new HashSet<>(chosen.subList(3, 9)));
            berths.getFirst().core().load().incrementAndGet();
            berths.getLast().core().load().incrementAndGet();
            assertEquals(berths.get(1), rota.leastLoaded(berths));
            assertNull(rota.leastLoaded(List.of()));
        }
    }
}
