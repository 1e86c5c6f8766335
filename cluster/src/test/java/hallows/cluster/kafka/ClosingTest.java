package hallows.cluster.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClosingTest {
    private final List<String> told = new ArrayList<>();
    private final Closing closing = new Closing((what, _, fatal) -> told.add(what + " " + fatal));

    @Test
    void oneThatCannotBeClosedDoesNotKeepTheOthersOpen() {
        closing.last("the first", () -> told.add("first"));
        closing.last(
                "the second",
                () -> {
                    throw new IOException("no");
                });
        closing.last("the third", () -> told.add("third"));
        closing.closeAll();
        closing.closeAll();
        assertEquals(List.of("first", "cannot close the second false", "third"), told);
    }

    @Test
    void whoIsInterruptedStaysSo() {
        closing.last(
                "the first",
                () -> {
                    throw new InterruptedException();
                });
        closing.last("the second", () -> told.add("second"));
        closing.closeAll();
        assertTrue(Thread.interrupted());
        assertEquals(List.of("second"), told);
    }
}
