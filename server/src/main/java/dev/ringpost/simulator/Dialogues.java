package dev.ringpost.simulator;

import static dev.ringpost.simulator.Line.agent;
import static dev.ringpost.simulator.Line.user;

import java.util.List;
import java.util.stream.Stream;

/** What is said in simulated calls. */
final class Dialogues {
    private static final List<Line> GREETING = List.of(
            agent("Hello, this is Ada calling for Lakeside Dental. You asked us for a check-up, is now a good time?"),
            user("Yes, that's right."));

    private static final List<Line> QUESTIONS = List.of(
            user("Before we find a day, I have a few questions, if that is all right with you."),
            agent("Of course, please go ahead. I have all the time you need."),
            user("Is the check-up covered by my insurance? I am with Northern Mutual, the basic plan."),
            agent("With the basic plan one check-up a year is covered in full, and yours of this year is still open."),
            user("And the cleaning? Last time I had to pay for it and nobody had told me about that before."),
            agent("I am sorry about that. The cleaning is forty euros with your plan, and you can do without it."),
            user("No, I would like it. Can both be done in one visit? I have to take time off work for it."),
            agent("Yes, we plan fifty minutes for both together, and you need not come a second time for it."),
            user("There is also a tooth on the upper left side that hurts a bit when I drink something cold."),
            agent("Thank you for telling me, I write that down, so that the doctor looks at it first."),
            user("Could it be Doctor Okafor again? She was very kind to my daughter and I would like to see her."),
            agent("Doctor Okafor is with us from Tuesday to Thursday, so let us look for a day when she is here."),
            user("One more thing, is there still a car park behind the house, or is it a building site by now?"),
            agent("The car park is closed until June. The garage on Mill Street is two minutes away on foot."),
            user("Good to know. Do I have to bring anything with me, apart from the insurance card, I mean?"),
            agent("Only a list of the medicine that you take, if there is any. Everything else is with us already."));

    private static final List<Line> BOOKING = List.of(
            agent("I have Tuesday at ten thirty, or Thursday at four in the afternoon. Which one suits you better?"),
            user("Thursday at four would be perfect."),
            agent("Thursday at four it is. Shall I send you a text message the day before?"),
            user("Yes please, to this number."),
            agent("Done. We look forward to seeing you on Thursday, goodbye!"),
            user("Thanks, bye!"));

    static final List<Line> NORMAL =
            Stream.of(GREETING, BOOKING).flatMap(List::stream).toList();

    static final List<Line> LONG =
            Stream.of(GREETING, QUESTIONS, BOOKING).flatMap(List::stream).toList();

    static final List<Line> VOICEMAIL = List.of(
            user("You have reached Sam Porter. Please leave a message after the tone."),
            agent(
                    "Hello, this is Ada calling for Lakeside Dental about your check-up. I will try again tomorrow, or call "
                            + "us back at any time. Goodbye!"));

    private Dialogues() {}
}
