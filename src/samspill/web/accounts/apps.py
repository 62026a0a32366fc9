from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samspill.web.accounts"
    label = "accounts"
