package dev.ringpost.openapi;

import static org.assertj.core.api.Assertions.assertThat;

/** A platform serves a customer as an account with keys of its own. */
final class AccountStory {
    private final DescribedClient client;

    AccountStory(DescribedClient client) {
        this.client = client;
    }

    void run() {
        String account = client.ask("createAccount")
                .json(client.example("createAccount", "account"))
                .expect(201)
                .id();
        client.ask("getAccount").id(account).expect(200);
        client.ask("listAccounts").query("limit", "1").expect(200);
        Exchange key = client.ask("createKey")
                .id(account)
                .json(client.example("createKey", "browser"))
                .expect(201);
        assertThat(key.text("/key")).startsWith("rp_pk_");
        client.ask("getOwnKey").expect(200);
        client.ask("listKeys").id(account).expect(200);
        portalLinks();
        DescribedClient browser = client.withKey(key.text("/key"));
        browser.ask("createWebCall").json("{'agent_id': 'agent_7'}").expect(201);
        browser.ask("createWebCall").json("{'agent_id': 'agent_8'}").expect(403);
        client.ask("deleteKey").id(account).path("key_id", key.id()).expect(204);
        browser.ask("createWebCall").json("{'agent_id': 'agent_7'}").expect(401);
        client.ask("createKey")
                .id(account)
                .json(client.example("createKey", "reports"))
                .expect(201);
        client.ask("deleteAccount").id(account).expect(204);
        client.ask("getAccount").id(account).expect(404);
        keepsAnOperator();
    }

    private void portalLinks() {
        Exchange link = client.ask("createPortalLink")
                .json(client.example("createPortalLink", "manage"))
                .expect(201);
        assertThat(link.text("/url")).endsWith("/portal/" + link.text("/token"));
        DescribedClient customer = client.withKey(link.text("/token"));
        customer.ask("getOwnKey").expect(200);
        String webhook = client.ask("listWebhooks").expect(200).text("/items/0/id");
        Exchange narrowed = client.ask("createPortalLink")
                .json("{'webhook_scope': ['" + webhook + "']}")
                .expect(201);
        customer = client.withKey(narrowed.text("/token"));
        customer.ask("getOwnKey").expect(200);
        customer.ask("getWebhook").id(webhook).expect(200);
        customer.ask("listEvents").expect(403);
    }

    private void keepsAnOperator() {
        Exchange accounts = client.ask("listAccounts")
                .query("cursor", "")
                .query("limit", "200")
                .expect(200);
        String own = accounts.json()
                .path("items")
                .get(accounts.json().path("items").size() - 1)
                .path("id")
                .asText();
        client.ask("deleteAccount").id(own).expect(409);
        String key = client.ask("listKeys").id(own).expect(200).text("/items/0/id");
        client.ask("deleteKey").id(own).path("key_id", key).expect(409);
    }
}
