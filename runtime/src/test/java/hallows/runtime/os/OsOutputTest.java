package hallows.runtime.os;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A pipe that is cut is met in the system tests of `consume --follow`.
final class OsOutputTest {
    private static final int NOBODYS = 1 << 30;

    @Test
    void whoRunsTestsReadsWhatTheySay() {
        assertFalse(OsOutput.isCut());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatIsNotOpenIsCut() {
        assertTrue(HostCalls.isCut(NOBODYS));
    }
}
