package hallows.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LinkSimulationTest {
    private static final int ACTS = 30;

    /// Does this and that with its link, as long as it has one.
    private static final class Moody {
        private final Talker talker;
        private final SeededDice dice;
        private int said;

        private Moody(Talker talker, SeededDice dice) {
            this.talker = talker;
            this.dice = dice;
        }

        private void act(int acts) {
            if (!talker.ends.isEmpty()) {
                return;
            }
            if (acts == ACTS) {
                talker.deaf = false;
                talker.link().resumeReading();
                talker.link().finish();
                return;
            }
            switch (dice.below(20)) {
                case 0 -> talker.link().pauseReading();
                case 1, 2 -> talker.link().resumeReading();
                case 3 -> talker.deaf = !talker.deaf;
                case 4 -> end();
                default -> say(1 + dice.below(dice.oneIn(4) ? 20_000 : 100));
            }
            talker.program.later(dice.between(0, 20_000_000), () -> act(acts + 1));
        }

        private void end() {
            if (dice.oneIn(8)) {
                talker.link().abort();
            }
        }

        private void say(int count) {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = letter(said++);
            }
            talker.say(bytes);
        }
    }

    private static byte letter(int index) {
        return (byte) (index * 31 + (index >> 8));
    }

    private static byte[] letters(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = letter(i);
        }
        return bytes;
    }

    @Test
    void streamsStayWholeAndEndOnceWhateverBothSidesDo() {
        Seeds.forEach(
                LinkSimulationTest.class,
                300,
                seed -> {
                    Conversation talk = new Conversation(seed, Faults.ALL);
                    Moody caller = new Moody(talk.caller, talk.simulation.dice("caller"));
                    Moody called = new Moody(talk.called, talk.simulation.dice("called"));
                    talk.caller.opened = () -> caller.act(0);
                    talk.called.opened = () -> called.act(0);
                    talk.call();
                    talk.simulation.run(
                            () ->
                                    talk.caller.refusals.size() + talk.caller.ends.size() > 0
                                            && talk.called.ends.size() == talk.called.welcomes,
                            Duration.ofMinutes(30));
                    talk.simulation.runFor(Duration.ofMinutes(1));
                    check(caller, called);
                    check(called, caller);
                });
    }

    private static void check(Moody one, Moody other) {
        assertEquals(one.talker.welcomes, one.talker.ends.size());
        assertEquals(one.talker.lent, one.talker.returned);
        byte[] heard = one.talker.heard.toByteArray();
        assertTrue(heard.length <= other.said);
        assertTrue(Arrays.equals(letters(heard.length), heard), "heard what was said");
    }
}
